/**
 * Rows of a batch, each without an id of its sender's marked as the one at this place of this request. An Idempotency-Key
 * keeps its answer after the work is done, not with it: when we die in between, the repeat does the work again, and the marks
 * show that its rows are known.
 */
export const marked = (rows: readonly unknown[], mark: string | null): unknown[] =>
  rows.map((row, at) =>
    mark !== null && typeof row === "object" && row !== null && !("id" in row)
      ? { ...row, id: `repeat:${mark}:${at}` }
      : row,
  );
