import { jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { id, instant, instantNow, workspaceId } from "./columns";

/** A custom attribute that the workspace defines; its values stand in `customers.attributes` under the key. */
export const attributeDefinitions = pgTable(
  "attribute_definitions",
  {
    id: id(),
    workspaceId: workspaceId(),
    key: text("key").notNull(),
    label: text("label").notNull(),
    type: text("type").$type<"text" | "number" | "boolean" | "date" | "choice">().notNull(),
    /** The values of a choice, in their order. */
    options: jsonb("options").$type<string[]>().notNull().default([]),
    description: text("description").notNull().default(""),
    createdAt: instantNow("created_at"),
    archivedAt: instant("archived_at"),
  },
  (t) => [unique("attribute_definitions_key").on(t.workspaceId, t.key)],
);
