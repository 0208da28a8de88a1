import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type {
  ColumnMapping,
  ConversionFileStatus,
  ConversionSource,
  Touch,
  TouchKind,
} from "@/server/conversions/status";
import { id, instant, instantNow, micros, workspaceId } from "./columns";

/** A goal that a customer reached, and the message that it is credited to: the last touch inside its window. */
export const conversions = pgTable(
  "conversions",
  {
    id: id(),
    workspaceId: workspaceId(),
    customerId: uuid("customer_id").notNull(),
    source: text("source").$type<ConversionSource>().notNull(),
    /** The customer event that it is; one event is one conversion. */
    eventId: uuid("event_id"),
    /** The sender's own id: the same one twice is one conversion. */
    externalId: text("external_id"),
    /** The event's name; null where the sender named none: then every campaign may be credited. */
    name: text("name"),
    /** The only campaign that may be credited, where the sender or a person says which. */
    onlyCampaignId: uuid("only_campaign_id"),
    value: micros("value_micros").notNull().default(sql`0`),
    currency: text("currency").notNull(),
    policyNumber: text("policy_number"),
    /** The bank collected the premium by itself: campaigns leave these out unless they say so. */
    autoDebit: boolean("auto_debit").notNull().default(false),
    occurredAt: instant("occurred_at").notNull(),
    receivedAt: instantNow("received_at"),
    /** The credited touch, and the end of its window as it stood; all null while nothing touched the customer in time. */
    campaignId: uuid("campaign_id"),
    runNumber: bigint("run_number", { mode: "number" }),
    part: integer("part"),
    seq: integer("seq"),
    channel: text("channel").$type<"email" | "sms" | "whatsapp">(),
    variant: smallint("variant"),
    touchKind: text("touch_kind").$type<TouchKind>(),
    touchedAt: instant("touched_at"),
    windowEndsAt: instant("window_ends_at"),
    /** What else touched the customer in time, newest first, the credited one included. */
    touches: jsonb("touches").$type<Touch[]>().notNull().default([]),
    /** Why it does not count any more; null while it counts. */
    discountedFor: text("discounted_for"),
    /** The CSV file that told it. */
    fileId: uuid("file_id"),
  },
  (t) => [
    uniqueIndex("conversions_event_key").on(t.workspaceId, t.eventId).where(sql`${t.eventId} is not null`),
    uniqueIndex("conversions_external_key")
      .on(t.workspaceId, t.externalId)
      .where(sql`${t.externalId} is not null`),
    index("conversions_customer_index").on(t.workspaceId, t.customerId, t.occurredAt.desc().nullsFirst()),
    index("conversions_run_index")
      .on(t.workspaceId, t.runNumber, t.customerId)
      .where(sql`${t.runNumber} is not null`),
    index("conversions_campaign_index")
      .on(t.workspaceId, t.campaignId, t.customerId)
      .where(sql`${t.campaignId} is not null`),
    index("conversions_file_index").on(t.workspaceId, t.fileId).where(sql`${t.fileId} is not null`),
    index("conversions_recent_index").on(t.workspaceId, t.id.desc().nullsFirst()),
    // What happened while a hold-out is compared, credited or not.
    index("conversions_period_index").on(t.workspaceId, t.occurredAt),
  ],
);

/** A CSV file of conversions. Its lines are kept until all of them are taken: they name customers. */
export const conversionFiles = pgTable(
  "conversion_files",
  {
    id: id(),
    workspaceId: workspaceId(),
    name: text("name").notNull(),
    /** Null once it was taken, undone or given up. */
    content: text("content"),
    status: text("status").$type<ConversionFileStatus>().notNull().default("open"),
    /** Column of the file → field, as it was taken. */
    mapping: jsonb("mapping").$type<ColumnMapping>().notNull().default({}),
    lines: integer("lines").notNull(),
    /** Lines that are done: where it goes on. */
    taken: integer("taken").notNull().default(0),
    recorded: integer("recorded").notNull().default(0),
    credited: integer("credited").notNull().default(0),
    duplicates: integer("duplicates").notNull().default(0),
    refused: integer("refused").notNull().default(0),
    /** The first of them: line and reason, without what stands there. */
    refusals: jsonb("refusals").$type<{ line: number; reason: string }[]>().notNull().default([]),
    createdBy: uuid("created_by").notNull(),
    createdAt: instantNow("created_at"),
    finishedAt: instant("finished_at"),
  },
  (t) => [index("conversion_files_recent_index").on(t.workspaceId, t.id.desc().nullsFirst())],
);

/** 15-minute UTC buckets by when the conversions happened; kept in the transaction that changes what they count. */
export const conversionRollups = pgTable(
  "conversion_rollups",
  {
    workspaceId: workspaceId(),
    runNumber: bigint("run_number", { mode: "number" }).notNull(),
    campaignId: uuid("campaign_id").notNull(),
    bucket: instant("bucket").notNull(),
    channel: text("channel").notNull(),
    variant: smallint("variant").notNull().default(0),
    /** Customers of the run, each at the first conversion. */
    converted: integer("converted").notNull().default(0),
    conversions: integer("conversions").notNull().default(0),
    /** Micro-units of the workspace's currency; conversions in another one add nothing here. */
    revenue: micros("revenue_micros").notNull().default(sql`0`),
    /** As that of `run_rollups`. */
    folded: boolean("folded").notNull().default(false),
  },
  (t) => [
    primaryKey({
      name: "conversion_rollups_key",
      columns: [t.workspaceId, t.runNumber, t.bucket, t.channel, t.variant],
    }),
    index("conversion_rollups_campaign_index").on(t.workspaceId, t.campaignId, t.bucket),
    index("conversion_rollups_period_index").on(t.workspaceId, t.bucket),
    index("conversion_rollups_unfolded_index").on(t.workspaceId, t.bucket).where(sql`not ${t.folded}`),
  ],
);
