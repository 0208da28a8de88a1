/** A customer's columns as JSON has them (`to_jsonb`), with an import's change to it. */
export type Changed = {
  current: Record<string, unknown>;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
};

/** The whole row with every field put back that is still as imported; `kept` counts fields that changed since. */
export function restore({ current, before, after }: Changed): {
  row: Record<string, unknown>;
  back: number;
  kept: number;
} {
  const row = { ...current };
  let back = 0;
  let kept = 0;
  for (const [column, imported] of Object.entries(after)) {
    if (column === "attributes") continue;
    if (current[column] === imported) {
      row[column] = before[column] ?? null;
      back++;
    } else kept++;
  }
  const attributes = { ...asRecord(current.attributes) };
  const old = asRecord(before.attributes);
  for (const [key, imported] of Object.entries(asRecord(after.attributes))) {
    if (attributes[key] !== imported) {
      kept++;
      continue;
    }
    back++;
    if (key in old) attributes[key] = old[key];
    else delete attributes[key];
  }
  return { row: { ...row, attributes }, back, kept };
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
