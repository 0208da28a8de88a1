import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { AppError } from "@/server/platform/errors";
import type { CustomerSort } from "./schemas";

type Keyed = { id: string; name: string; engagementScore: number };

const cursorSchema = z.tuple([z.union([z.string(), z.number(), z.null()]), z.uuid()]);

const keys = {
  recent: { column: null, read: () => null },
  name: { column: sql`lower(c.name)`, read: (row: Keyed) => row.name.toLowerCase() },
  score: { column: sql`c.engagement_score`, read: (row: Keyed) => row.engagementScore },
} as const;

const keyOf = (sort: CustomerSort) => keys[sort.replace("-", "") as keyof typeof keys];

/** Where a row stands in the order, for the address. */
export const cursorOf = (sort: CustomerSort, row: Keyed): string =>
  Buffer.from(JSON.stringify([keyOf(sort).read(row), row.id])).toString("base64url");

function parseCursor(cursor: string): [key: string | number | null, id: string] {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch (cause) {
    throw new AppError(
      "BAD_INPUT",
      "This place in the list is unknown. Go back to its first page.",
      {},
      {
        cause,
      },
    );
  }
}

/** The condition and the order that give the rows after the cursor (before it: nearest first). */
export function placeOf(
  sort: CustomerSort,
  at: { cursor: string | undefined; backwards: boolean },
): { where: SQL; order: SQL } {
  const { column } = keyOf(sort);
  const down = sort.startsWith("-") !== at.backwards;
  const direction = down ? sql`desc` : sql`asc`;
  const order = column ? sql`${column} ${direction}, c.id ${direction}` : sql`c.id ${direction}`;
  if (at.cursor === undefined) return { where: sql`true`, order };
  const [key, id] = parseCursor(at.cursor);
  const sign = down ? sql`<` : sql`>`;
  return {
    order,
    where: column ? sql`(${column}, c.id) ${sign} (${key}, ${id}::uuid)` : sql`c.id ${sign} ${id}::uuid`,
  };
}
