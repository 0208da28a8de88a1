import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { AppError } from "@/server/platform/errors";
import { type CustomerSort, tiers } from "./schemas";

type Key = string | number | null;

const cursorSchema = z.tuple([z.union([z.string(), z.number(), z.null()]), z.uuid()]);

const tierRank = sql`array_position(${sql.param([...tiers])}::text[], c.tier)`;

/** What rows are ordered by; the id decides among equals. `text` is how the value goes into an address and comes back. */
const keys: Record<string, { column: SQL; cast: SQL } | null> = {
  recent: null,
  name: { column: sql`lower(c.name)`, cast: sql`text` },
  score: { column: sql`c.engagement_score`, cast: sql`integer` },
  tier: { column: tierRank, cast: sql`integer` },
  city: { column: sql`coalesce(lower(c.city), '')`, cast: sql`text` },
  updated: { column: sql`c.updated_at`, cast: sql`timestamptz` },
};

const keyOf = (sort: CustomerSort) => keys[sort.replace("-", "")] ?? null;

/** The ordered value of a row, to be selected as `place`; exact, so that no row is lost between two pages. */
export const placeValue = (sort: CustomerSort): SQL => {
  const key = keyOf(sort);
  return key ? sql`(${key.column})::text` : sql`null::text`;
};

/** Where a row stands in the order, for the address. */
export const cursorOf = (row: { id: string; place: string | null }): string =>
  Buffer.from(JSON.stringify([row.place, row.id])).toString("base64url");

function parseCursor(cursor: string): [key: Key, id: string] {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch (cause) {
    throw new AppError(
      "BAD_INPUT",
      "This place in the list is unknown. Go back to its first page.",
      {},
      { cause },
    );
  }
}

/** The condition and the order that give the rows after the cursor (before it: nearest first). */
export function placeOf(
  sort: CustomerSort,
  at: { cursor: string | undefined; backwards: boolean },
): { where: SQL; order: SQL } {
  const key = keyOf(sort);
  const down = sort.startsWith("-") !== at.backwards;
  const direction = down ? sql`desc` : sql`asc`;
  const order = key ? sql`${key.column} ${direction}, c.id ${direction}` : sql`c.id ${direction}`;
  if (at.cursor === undefined) return { where: sql`true`, order };
  const [value, id] = parseCursor(at.cursor);
  const sign = down ? sql`<` : sql`>`;
  return {
    order,
    where: key
      ? sql`(${key.column}, c.id) ${sign} (${value}::text::${key.cast}, ${id}::uuid)`
      : sql`c.id ${sign} ${id}::uuid`,
  };
}
