import type { AttributeDefinition } from "@/server/attributes/schemas";
import { type ImportField, type ImportOptions, importOptionsSchema } from "./schemas";
import type { ImportRow } from "./state";

/** What the workspace adds to the reading of a file. */
export type Surroundings = {
  /** The day in the workspace's zone, `YYYY-MM-DD`. */
  today: string;
  timeZone: string;
  currency: string;
  attributes: Pick<AttributeDefinition, "key" | "label" | "type" | "options">[];
};

type Target = ImportField | { attribute: string; definition: Surroundings["attributes"][number] | null };

/** How each cell of a row is read: column place → target, and the options. */
export type RowPlan = {
  targets: (Target | null)[];
  options: ImportOptions;
  surroundings: Surroundings;
  /** A workbook leaves out the empty cells at the end of a row. */
  ragged: boolean;
  /** One row for each policy, and not one for each customer. */
  policies: boolean;
};

type Read = Pick<ImportRow, "headers" | "mapping" | "options" | "workbook">;

/** What each column of a file becomes, and what rows are read with. */
export function planRows(row: Read, surroundings: Surroundings): RowPlan {
  const targetOf = (header: string): Target | null => {
    const target = row.mapping[header];
    if (!target?.startsWith("attribute:")) return (target as ImportField | undefined) ?? null;
    const attribute = target.slice("attribute:".length);
    return {
      attribute,
      definition: surroundings.attributes.find((definition) => definition.key === attribute) ?? null,
    };
  };
  const targets = row.headers.map(targetOf);
  return {
    targets,
    options: importOptionsSchema.parse(row.options),
    surroundings,
    ragged: row.workbook !== null,
    policies: targets.includes("policy_number"),
  };
}
