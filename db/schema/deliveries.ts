import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  serial,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { instant, instantNow, micros, workspaceId } from "./columns";

/**
 * The sending ledger (`performance.md` section 1), partitioned by LIST (part): a run above 20,000 has its own part, the rest
 * share monthly ones. Rows are never updated: an execution's state is the highest rank over its results and events.
 */
export const ledgerParts = pgTable("ledger_parts", {
  part: serial("part").primaryKey(),
  /** Shared parts name their month; a run's own part names the run. */
  month: date("month", { mode: "string" }).unique(),
  runNumber: bigint("run_number", { mode: "number" }).unique(),
  createdAt: instantNow("created_at"),
});

/** One message to one customer for one occurrence and step. Immutable. */
export const executions = pgTable(
  "executions",
  {
    part: integer("part").notNull(),
    runNumber: bigint("run_number", { mode: "number" }).notNull(),
    seq: integer("seq").notNull(),
    workspaceId: workspaceId(),
    customerId: uuid("customer_id").notNull(),
    occurrence: text("occurrence").notNull().default(""),
    step: smallint("step").notNull().default(0),
    variant: smallint("variant").notNull().default(0),
    channel: text("channel").$type<"email" | "sms" | "whatsapp">(),
    /** "held_out" for the hold-out arm, which has no channel and is never sent. */
    arm: text("arm").$type<"treated" | "held_out">().notNull().default("treated"),
  },
  (t) => [
    primaryKey({ columns: [t.part, t.runNumber, t.seq] }),
    unique("executions_key").on(t.part, t.runNumber, t.customerId, t.occurrence, t.step),
    index("executions_customer_index").on(t.workspaceId, t.customerId),
  ],
);

/** What one attempt came to. Appended once for each (execution, batch). */
export const executionResults = pgTable(
  "execution_results",
  {
    part: integer("part").notNull(),
    runNumber: bigint("run_number", { mode: "number" }).notNull(),
    seq: integer("seq").notNull(),
    /** The attempt's id: the batch that carried it. Settlements by a person or a provider use negative numbers. */
    batchNumber: integer("batch_number").notNull(),
    workspaceId: workspaceId(),
    state: text("state")
      .$type<"held" | "retrying" | "sent" | "delivered" | "failed" | "unknown" | "skipped" | "cancelled">()
      .notNull(),
    reason: text("reason"),
    /** What the deciding rule saw, or the provider's words. */
    detail: text("detail"),
    providerMessageId: text("provider_message_id"),
    /** What the provider charges for it, tax included; null where it costs nothing or is not yet billed. */
    cost: micros("cost_micros"),
    /** What it will cost when its billing event comes (WhatsApp: delivered); null where that was settled at once. */
    quoted: micros("quoted_micros"),
    notBefore: instant("not_before"),
    at: instantNow("at"),
  },
  (t) => [
    primaryKey({ columns: [t.part, t.runNumber, t.seq, t.batchNumber] }),
    // Few of many: what a list of those who failed reads (`find-ended.ts`), and nothing that was sent pays for.
    index("execution_results_ended_index")
      .on(t.part, t.runNumber, t.state, t.seq)
      .where(sql`${t.state} in ('cancelled', 'skipped', 'unknown', 'failed')`),
  ],
);

/** Something a provider or a recipient did about an execution; kept raw, classified human or machine. */
export const deliveryEvents = pgTable(
  "delivery_events",
  {
    part: integer("part").notNull(),
    runNumber: bigint("run_number", { mode: "number" }).notNull(),
    seq: integer("seq").notNull(),
    /** Makes a repeated report one row: provider's event id, or kind and minute and agent. */
    dedupeKey: text("dedupe_key").notNull(),
    workspaceId: workspaceId(),
    kind: text("kind")
      .$type<
        | "delivered"
        | "read"
        | "bounced"
        | "failed"
        | "opened"
        | "clicked"
        | "replied"
        | "complained"
        | "unsubscribed"
      >()
      .notNull(),
    machine: boolean("machine").notNull().default(false),
    /** True on the first human event of its kind for the execution: the one that unique counts count. */
    first: boolean("first").notNull().default(false),
    link: smallint("link"),
    /** What the provider charged with this event, tax included. */
    cost: micros("cost_micros"),
    /** False while the attempt that it speaks of has no result yet: then the roll-ups do not know of it either. */
    counted: boolean("counted").notNull().default(true),
    detail: jsonb("detail").$type<Record<string, unknown>>().notNull().default({}),
    occurredAt: instant("occurred_at").notNull(),
    receivedAt: instantNow("received_at"),
  },
  (t) => [
    primaryKey({ columns: [t.part, t.runNumber, t.seq, t.dedupeKey] }),
    uniqueIndex("delivery_events_first_key").on(t.part, t.runNumber, t.seq, t.kind).where(sql`${t.first}`),
    index("delivery_events_uncounted_index").on(t.runNumber).where(sql`not ${t.counted}`),
    index("delivery_events_undelivered_index")
      .on(t.part, t.runNumber, t.kind, t.seq)
      .where(sql`${t.kind} in ('bounced', 'failed')`),
  ],
);

/**
 * A sealed set of executions that a worker leases: a range of the frozen audience, or the rows that came due.
 * The cursor is the durable intent: every member before it may have been sent.
 */
export const executionBatches = pgTable(
  "execution_batches",
  {
    runNumber: bigint("run_number", { mode: "number" }).notNull(),
    batchNumber: integer("batch_number").notNull(),
    part: integer("part").notNull(),
    workspaceId: workspaceId(),
    campaignId: uuid("campaign_id").notNull(),
    channel: text("channel").$type<"email" | "sms" | "whatsapp">().notNull(),
    /** What carried it for its last holder; null before the first. Whoever takes it over asks what that account can repeat. */
    accountId: uuid("account_id"),
    /** Members are first_seq … first_seq + size − 1, or `seqs` when given (sorted). */
    firstSeq: integer("first_seq").notNull(),
    seqs: integer("seqs").array(),
    /** What its members were when it was sealed; see `executions_due.state`. */
    kind: text("kind").$type<"pending" | "held" | "retrying" | "again">().notNull().default("pending"),
    size: integer("size").notNull(),
    cursor: integer("cursor").notNull().default(0),
    /** How many members have a result; those between it and the cursor are with the channel now. */
    recorded: integer("recorded").notNull().default(0),
    status: text("status").$type<"open" | "done" | "cancelled">().notNull().default("open"),
    leaseOwner: text("lease_owner"),
    leaseGeneration: integer("lease_generation").notNull().default(0),
    leaseUntil: instant("lease_until"),
    sealedAt: instantNow("sealed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.runNumber, t.batchNumber] }),
    index("execution_batches_open_index").on(t.runNumber, t.batchNumber).where(sql`${t.status} = 'open'`),
  ],
);

/** Executions that stand in no batch: new live entries, and those to be tried again, until they come due and are sealed into one. */
export const executionsDue = pgTable(
  "executions_due",
  {
    part: integer("part").notNull(),
    runNumber: bigint("run_number", { mode: "number" }).notNull(),
    seq: integer("seq").notNull(),
    workspaceId: workspaceId(),
    /** Never tried (a live entry), held, retrying, or `again`: sent once more though its outcome is unknown, as a person decided. */
    state: text("state").$type<"pending" | "held" | "retrying" | "again">().notNull(),
    /** The rule that holds it, or the class of the refusal; null for one that was never tried. */
    reason: text("reason"),
    attempts: integer("attempts").notNull(),
    notBefore: instant("not_before").notNull(),
  },
  (t) => [primaryKey({ columns: [t.runNumber, t.seq] }), index("executions_due_index").on(t.notBefore)],
);

/** Messages that go by another channel when no receipt comes in time: a step of their own. A receipt removes the row. */
export const fallBacksDue = pgTable(
  "fall_backs_due",
  {
    part: integer("part").notNull(),
    runNumber: bigint("run_number", { mode: "number" }).notNull(),
    seq: integer("seq").notNull(),
    workspaceId: workspaceId(),
    notBefore: instant("not_before").notNull(),
  },
  (t) => [primaryKey({ columns: [t.runNumber, t.seq] }), index("fall_backs_due_index").on(t.notBefore)],
);

/** 15-minute UTC buckets; upserted in the statement that writes the rows they count. */
export const runRollups = pgTable(
  "run_rollups",
  {
    workspaceId: workspaceId(),
    runNumber: bigint("run_number", { mode: "number" }).notNull(),
    campaignId: uuid("campaign_id").notNull(),
    bucket: instant("bucket").notNull(),
    channel: text("channel").notNull(),
    variant: smallint("variant").notNull().default(0),
    sent: integer("sent").notNull().default(0),
    delivered: integer("delivered").notNull().default(0),
    bounced: integer("bounced").notNull().default(0),
    failed: integer("failed").notNull().default(0),
    /** Of `failed`: those that the provider had accepted first; they count as sent too. */
    failedAfter: integer("failed_after").notNull().default(0),
    unknown: integer("unknown").notNull().default(0),
    skipped: integer("skipped").notNull().default(0),
    cancelled: integer("cancelled").notNull().default(0),
    /** Unique human openers and clickers, counted at their first event. */
    opened: integer("opened").notNull().default(0),
    clicked: integer("clicked").notNull().default(0),
    replied: integer("replied").notNull().default(0),
    unsubscribed: integer("unsubscribed").notNull().default(0),
    complained: integer("complained").notNull().default(0),
    /** Micro-units of the workspace's currency. */
    cost: micros("cost_micros").notNull().default(sql`0`),
    /** `campaign_days` has counted this row as it stands; a trigger takes it back when the row changes (`fold-days.ts`). */
    folded: boolean("folded").notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.runNumber, t.bucket, t.channel, t.variant] }),
    index("run_rollups_campaign_index").on(t.workspaceId, t.campaignId, t.bucket),
    // A period of the whole workspace.
    index("run_rollups_period_index").on(t.workspaceId, t.bucket),
    index("run_rollups_unfolded_index").on(t.workspaceId, t.bucket).where(sql`not ${t.folded}`),
  ],
);

/** How often each reason ended an execution of a run (skipped, failed, unknown). */
export const runReasons = pgTable(
  "run_reasons",
  {
    workspaceId: workspaceId(),
    runNumber: bigint("run_number", { mode: "number" }).notNull(),
    state: text("state").notNull(),
    reason: text("reason").notNull(),
    count: integer("count").notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.runNumber, t.state, t.reason] })],
);
