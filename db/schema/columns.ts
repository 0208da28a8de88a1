import { sql } from "drizzle-orm";
import { bigint, timestamp, uuid } from "drizzle-orm/pg-core";

/** A UUIDv7 primary key; the application makes it (`server/platform/ids.ts`), servers older than 18 cannot. */
export const id = () => uuid("id").primaryKey();

/** The tenant. A table with this column gets row-level security from `secure_workspace_tables()`. */
export const workspaceId = () => uuid("workspace_id").notNull();

/** An instant in UTC. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** An instant that defaults to `clock_now()`, the only clock that decides anything. */
export const instantNow = (name: string) => instant(name).notNull().default(sql`clock_now()`);

/** Integer micro-units of money (1 ₹ = 1,000,000). */
export const micros = (name: string) => bigint(name, { mode: "bigint" });
