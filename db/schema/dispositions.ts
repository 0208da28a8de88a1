import { boolean, integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import { id, instant, workspaceId } from "./columns";

/** How an agent closes a request; defined by the workspace. */
export const dispositions = pgTable(
  "dispositions",
  {
    id: id(),
    workspaceId: workspaceId(),
    key: text("key").notNull(),
    label: text("label").notNull(),
    /** What it does to the request. */
    ends: text("ends").$type<"completed" | "cancelled" | "follow_up">().notNull(),
    resolved: boolean("resolved").notNull().default(false),
    position: integer("position").notNull(),
    archivedAt: instant("archived_at"),
  },
  (t) => [unique("dispositions_key").on(t.workspaceId, t.key)],
);
