/** One page of rows, with the cursors of its neighbours: null where there is none. */
export type KeysetPage<Row> = { rows: Row[]; previous: string | null; next: string | null };

type Place = { size: number; after?: string | null; before?: string | null };

/**
 * Makes a page of rows that were read with one row more than its size: in the list's order, or against it when the place
 * is `before` a cursor. Cursors are ids.
 */
export function keysetPage<Row extends { id: string }>(read: Row[], place: Place): KeysetPage<Row> {
  const more = read.length > place.size;
  const rows = read.slice(0, place.size);
  if (place.before) rows.reverse();
  const first = rows[0]?.id ?? null;
  const last = rows.at(-1)?.id ?? null;
  return {
    rows,
    previous: place.before ? (more ? first : null) : place.after ? first : null,
    next: place.before ? last : more ? last : null,
  };
}
