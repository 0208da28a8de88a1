import { sql } from "drizzle-orm";
import { boolean, index, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { id, instant, instantNow, workspaceId } from "./columns";

/** A request to forget a person, and what came of it. Holds ids and counts only, so it can stay. */
export const erasures = pgTable(
  "erasures",
  {
    id: id(),
    workspaceId: workspaceId(),
    customerId: uuid("customer_id").notNull(),
    requestedBy: uuid("requested_by"),
    requestedAt: instantNow("requested_at"),
    dueAt: instant("due_at").notNull(),
    /** The addresses are suppressed for good, so that no file brings the person back into campaigns. */
    suppress: boolean("suppress").notNull(),
    /** Keyed hash of the external id, where `suppress` keeps the person out: what files and events are compared with. */
    externalIdHash: text("external_id_hash"),
    cancelledAt: instant("cancelled_at"),
    doneAt: instant("done_at"),
    /** When it was looked at again, for what was under way during the erasure. */
    checkedAt: instant("checked_at"),
    /** Place → rows that were removed or emptied. */
    removed: jsonb("removed").$type<Record<string, number>>(),
  },
  (t) => [
    uniqueIndex("erasures_customer_key").on(t.workspaceId, t.customerId).where(sql`${t.cancelledAt} is null`),
    index("erasures_due_index").on(t.dueAt).where(sql`${t.checkedAt} is null and ${t.cancelledAt} is null`),
    index("erasures_external_id_index")
      .on(t.workspaceId, t.externalIdHash)
      .where(sql`${t.externalIdHash} is not null`),
  ],
);
