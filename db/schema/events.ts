import { index, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { EventSource } from "@/server/events/status";
import { id, instant, instantNow, workspaceId } from "./columns";

/** Something that happened to a customer. */
export const customerEvents = pgTable(
  "customer_events",
  {
    id: id(),
    workspaceId: workspaceId(),
    customerId: uuid("customer_id").notNull(),
    /** The sender's own id: the same event twice is one. */
    sourceId: text("source_id"),
    name: text("name").notNull(),
    properties: jsonb("properties")
      .$type<Record<string, string | number | boolean | null>>()
      .notNull()
      .default({}),
    /** Which way it came in: `screen` is somebody at a keyboard, with a form or a file. */
    source: text("source").$type<EventSource>().notNull().default("api"),
    occurredAt: instant("occurred_at").notNull(),
    receivedAt: instantNow("received_at"),
  },
  (t) => [
    uniqueIndex("customer_events_source_key").on(t.workspaceId, t.sourceId),
    index("customer_events_customer_index").on(t.workspaceId, t.customerId, t.occurredAt.desc().nullsFirst()),
    // The newest last, and read backwards: a page that is added to at its end alone is filled to the end, and found at once.
    index("customer_events_recent_index").on(t.workspaceId, t.occurredAt, t.id),
    // The customer stands in it, so that "did it in these days" is counted from the index alone.
    index("customer_events_name_index").on(t.workspaceId, t.name, t.occurredAt, t.id, t.customerId),
  ],
);
