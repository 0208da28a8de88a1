import { type SQL, sql } from "drizzle-orm";
import type { Context } from "@/server/platform/context";
import type { CustomerFilters } from "./schemas";
import { inScope } from "./scope";

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

const among = (column: SQL, values: string[]): SQL => sql`${column} = any(${sql.param(values)}::text[])`;

/** A phone is found however it is typed: digits only, without the leading zero. */
function pattern(search: string): string {
  const digits = search.replace(/[\s()\-.]/g, "");
  const typed = /^\+?\d{4,}$/.test(digits) ? digits.replace(/^0+/, "") : search.toLowerCase();
  return `%${escapeLike(typed)}%`;
}

/** The condition on customers (`c`) that the filters make, within what the person may see. */
export function matching(ctx: Context, filters: CustomerFilters): SQL {
  const parts = [inScope(ctx)];
  if (filters.search) parts.push(sql`c.id in (select customers_like(${pattern(filters.search)}))`);
  if (filters.tier.length > 0) parts.push(among(sql`c.tier`, filters.tier));
  if (filters.language.length > 0) parts.push(among(sql`c.language`, filters.language));
  if (filters.city.length > 0) parts.push(among(sql`c.city`, filters.city));
  if (filters.email.length === 1)
    parts.push(filters.email[0] === "yes" ? sql`c.email is not null` : sql`c.email is null`);
  const stops = filters.stop.filter((value) => value !== "none");
  if (filters.stop.length > 0)
    parts.push(
      filters.stop.includes("none")
        ? sql`(c.stop_state is null or ${among(sql`c.stop_state`, stops)})`
        : among(sql`c.stop_state`, stops),
    );
  return sql.join(parts, sql` and `);
}
