import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { Rule } from "@/server/segments/rule/model";
import { id, instant, instantNow, workspaceId } from "./columns";

/** A saved nested rule over customers; always evaluated live. */
export const segments = pgTable(
  "segments",
  {
    id: id(),
    workspaceId: workspaceId(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    rule: jsonb("rule").$type<Rule>().notNull(),
    /** Names a segment that every workspace starts with; null for one that people made. */
    seedKey: text("seed_key"),
    /** True: membership is stored and its changes are recorded, for enter and leave triggers and hold-outs. */
    tracked: boolean("tracked").notNull().default(false),
    version: integer("version").notNull().default(1),
    createdBy: uuid("created_by"),
    createdAt: instantNow("created_at"),
    updatedAt: instantNow("updated_at"),
    archivedAt: instant("archived_at"),
    /** Deleted, and kept so that the deletion can be undone and a seeded segment does not come back by itself. */
    deletedAt: instant("deleted_at"),
    /** The workspace's local day on which its stored membership was last brought over midnight, and last audited. */
    rolledOn: date("rolled_on", { mode: "string" }),
    auditedOn: date("audited_on", { mode: "string" }),
  },
  (t) => [
    index("segments_recent_index").on(t.workspaceId, t.id.desc().nullsFirst()),
    uniqueIndex("segments_seed_key").on(t.workspaceId, t.seedKey).where(sql`${t.seedKey} is not null`),
    uniqueIndex("segments_name_key")
      .on(t.workspaceId, sql`lower(${t.name})`)
      .where(sql`${t.archivedAt} is null and ${t.deletedAt} is null`),
    // Looked at across workspaces every quarter of an hour; most segments are not tracked.
    index("segments_tracked_index").on(t.workspaceId).where(sql`${t.tracked}`),
  ],
);

/** Members of tracked segments, as they were evaluated last. */
export const segmentMembers = pgTable(
  "segment_members",
  {
    workspaceId: workspaceId(),
    segmentId: uuid("segment_id").notNull(),
    customerId: uuid("customer_id").notNull(),
    enteredAt: instantNow("entered_at"),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.segmentId, t.customerId] }),
    index("segment_members_customer_index").on(t.workspaceId, t.customerId),
  ],
);

/** Append-only: who entered and left a tracked segment, and what brought it about. */
export const segmentChanges = pgTable(
  "segment_changes",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    workspaceId: workspaceId(),
    segmentId: uuid("segment_id").notNull(),
    customerId: uuid("customer_id").notNull(),
    change: text("change").$type<"entered" | "left">().notNull(),
    /** Something happened to the customer, a day began, the rule was changed, or the nightly audit found it. */
    cause: text("cause").$type<"event" | "day" | "rule" | "audit">().notNull(),
    at: instantNow("at"),
  },
  (t) => [
    index("segment_changes_segment_index").on(t.workspaceId, t.segmentId, t.id.desc().nullsFirst()),
    index("segment_changes_customer_index").on(t.workspaceId, t.customerId, t.id.desc().nullsFirst()),
  ],
);

/** Customers that something happened to, until they are re-evaluated; one row each, however often they are touched. */
export const touchedCustomers = pgTable(
  "touched_customers",
  {
    workspaceId: workspaceId(),
    customerId: uuid("customer_id").notNull(),
    /** Rises with each touch: an evaluation removes only the touch that it saw. */
    touch: bigint("touch", { mode: "number" }).notNull().default(1),
    /** What changed: `profile`, `policy`, `payment`, `consent`, `delivery`, or an event's name. */
    kinds: text("kinds").array().notNull(),
    touchedAt: instantNow("touched_at"),
    /** Who evaluates the customer now, and until when nobody else does; a dead process's claim ends by itself. */
    claimedBy: text("claimed_by"),
    claimedUntil: instant("claimed_until"),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.customerId] }),
    index("touched_customers_waiting_index").on(t.workspaceId, t.touchedAt),
    index("touched_customers_claimed_index").on(t.claimedBy).where(sql`${t.claimedBy} is not null`),
  ],
);

/** What an event's name adds up to for a customer: answers "did", "never did", "last did" without reading events. */
export const customerEventStats = pgTable(
  "customer_event_stats",
  {
    workspaceId: workspaceId(),
    customerId: uuid("customer_id").notNull(),
    name: text("name").notNull(),
    count: integer("count").notNull(),
    firstAt: instant("first_at").notNull(),
    lastAt: instant("last_at").notNull(),
  },
  // Whoever asks for a customer names the event, or reads the customer's events.
  (t) => [primaryKey({ columns: [t.workspaceId, t.name, t.customerId] })],
);
