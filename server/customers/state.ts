import { sql } from "drizzle-orm";

/** The state of a customer (`c`), to the microsecond: another one after each change. */
export const STATE = sql`(extract(epoch from c.updated_at) * 1000000)::bigint::text`;
