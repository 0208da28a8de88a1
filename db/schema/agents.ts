import { sql } from "drizzle-orm";
import { index, pgTable, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import type { Presence } from "@/server/callbacks/status";
import { id, instant, instantNow, workspaceId } from "./columns";

/** What an agent does now, how much they can take and what they can talk about. */
export const agents = pgTable(
  "agents",
  {
    workspaceId: workspaceId(),
    membershipId: uuid("membership_id").notNull(),
    presence: text("presence").$type<Presence>().notNull().default("offline"),
    presenceSince: instantNow("presence_since"),
    capacity: smallint("capacity").notNull().default(5),
    /** Request types and languages; empty: all. */
    skills: text("skills").array().notNull().default(sql`'{}'`),
    languages: text("languages").array().notNull().default(sql`'{}'`),
    phone: text("phone"),
    seenAt: instant("seen_at"),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.membershipId] })],
);

/** The states that an agent was in, for occupancy. Append-only. */
export const presenceChanges = pgTable(
  "presence_changes",
  {
    id: id(),
    workspaceId: workspaceId(),
    membershipId: uuid("membership_id").notNull(),
    presence: text("presence").$type<Presence>().notNull(),
    at: instantNow("at"),
  },
  (t) => [
    index("presence_changes_agent_index").on(t.workspaceId, t.membershipId, t.at),
    index("presence_changes_recent_index").on(t.workspaceId, t.at),
  ],
);
