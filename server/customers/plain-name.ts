import { type SQL, sql } from "drizzle-orm";

/** A name in SQL without what the eye does not see: spaces more than one, capitals. */
export const plainName = (name: SQL): SQL => sql`lower(btrim(regexp_replace(${name}, '\\s+', ' ', 'g')))`;
