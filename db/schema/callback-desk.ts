import { sql } from "drizzle-orm";
import { boolean, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { id, instantNow, workspaceId } from "./columns";

/** A view of the queue that a member looks at again: tab, filters and search as they stand in the address. */
export const callbackViews = pgTable(
  "callback_views",
  {
    id: id(),
    workspaceId: workspaceId(),
    membershipId: uuid("membership_id").notNull(),
    name: text("name").notNull(),
    query: text("query").notNull(),
    createdAt: instantNow("created_at"),
  },
  (t) => [unique("callback_views_name_key").on(t.workspaceId, t.membershipId, t.name)],
);

/** The button that a company puts on its own pages: which pages may show it, and the public key that names it. */
export const callbackWidgets = pgTable("callback_widgets", {
  workspaceId: workspaceId().primaryKey(),
  /** Public; a new one makes the old snippet stop. */
  key: text("key").notNull(),
  /** `https://www.example.com`; no others may use it. */
  origins: text("origins").array().notNull().default(sql`'{}'`),
  enabled: boolean("enabled").notNull().default(true),
  updatedAt: instantNow("updated_at"),
});
