/** What can be taken back and done again: whole documents, the oldest first. */
export type DraftHistory<Fields> = { past: Fields[]; present: Fields; future: Fields[]; lastKeys: string };

/** Steps that are kept; older ones can no longer be taken back. */
const MOST = 200;

export const beginHistory = <Fields>(present: Fields): DraftHistory<Fields> => ({
  past: [],
  present,
  future: [],
  lastKeys: "",
});

/**
 * Writes an edit down. An edit of the same fields as the one before is one step with it until `rest` was called: a word is
 * taken back, not a letter.
 */
export function recordEdit<Fields>(
  history: DraftHistory<Fields>,
  patch: Partial<Fields>,
): DraftHistory<Fields> {
  const keys = Object.keys(patch).sort().join(" ");
  const present = { ...history.present, ...patch };
  if (keys === history.lastKeys) return { ...history, present, future: [] };
  return { past: [...history.past, history.present].slice(-MOST), present, future: [], lastKeys: keys };
}

/** Typing rests: the next edit is a step of its own. */
export const rest = <Fields>(history: DraftHistory<Fields>): DraftHistory<Fields> =>
  history.lastKeys === "" ? history : { ...history, lastKeys: "" };

/** The document before the last step; the same history when there is none. */
export function undo<Fields>(history: DraftHistory<Fields>): DraftHistory<Fields> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: before,
    future: [history.present, ...history.future],
    lastKeys: "",
  };
}

/** The step that was taken back last, done again. */
export function redo<Fields>(history: DraftHistory<Fields>): DraftHistory<Fields> {
  const [after, ...future] = history.future;
  if (after === undefined) return history;
  return { past: [...history.past, history.present], present: after, future, lastKeys: "" };
}

/** The fields in which two documents differ, with the values of the second: what is to be saved. */
export function difference<Fields extends object>(from: Fields, to: Fields): Partial<Fields> {
  const keys = Object.keys(to) as (keyof Fields)[];
  return Object.fromEntries(
    keys.filter((key) => from[key] !== to[key]).map((key) => [key, to[key]]),
  ) as Partial<Fields>;
}
