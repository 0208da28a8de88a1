import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type {
  CallbackMessageKind,
  CallbackPriority,
  CallbackSource,
  CallbackStatus,
  Urgency,
} from "@/server/callbacks/status";
import { id, instant, instantNow, micros, workspaceId } from "./columns";

/** A customer waits for a human call. Erasable: it holds a name and a number. */
export const callbackRequests = pgTable(
  "callback_requests",
  {
    id: id(),
    workspaceId: workspaceId(),
    customerId: uuid("customer_id"),
    customerName: text("customer_name").notNull().default(""),
    /** E.164; two spellings of a number are one number. */
    phone: text("phone").notNull(),
    email: text("email"),
    /** The topic: repeats of it for the same number merge into the open request. */
    requestType: text("request_type").notNull(),
    description: text("description").notNull().default(""),
    category: text("category"),
    tags: text("tags").array().notNull().default(sql`'{}'`),
    urgency: text("urgency").$type<Urgency>().notNull().default("medium"),
    tier: text("tier").$type<"platinum" | "gold" | "silver" | "bronze">().notNull().default("bronze"),
    language: text("language"),
    source: text("source").$type<CallbackSource>().notNull(),
    /** The message that caused it. */
    campaignId: uuid("campaign_id"),
    part: integer("part"),
    runNumber: bigint("run_number", { mode: "number" }),
    seq: integer("seq"),
    /** Type + urgency + tier, unclamped; the score shown is made of it. */
    sum: integer("sum").notNull(),
    priority: text("priority").$type<CallbackPriority>().notNull(),
    /** `sum − hours since 1970 ÷ 4`: with one ageing rate for all, the order of the queue never changes (`sla.md`). */
    orderKey: doublePrecision("order_key").notNull(),
    status: text("status").$type<CallbackStatus>().notNull().default("pending"),
    /** Not claimable before: the promised slot, or the next attempt. */
    notBefore: instant("not_before").notNull(),
    slotStart: instant("slot_start"),
    slotEnd: instant("slot_end"),
    /** How many times a slot was promised; each promise has a clock of its own. */
    slots: smallint("slots").notNull().default(0),
    /** The promise (`slots`) of which customer and agent were reminded. */
    remindedSlot: smallint("reminded_slot").notNull().default(0),
    teamId: uuid("team_id"),
    /** Membership that it is given to; only they can claim it. */
    assigneeId: uuid("assignee_id"),
    assignedAt: instant("assigned_at"),
    attempts: smallint("attempts").notNull().default(0),
    lastAttemptAt: instant("last_attempt_at"),
    contactedAt: instant("contacted_at"),
    repeats: integer("repeats").notNull().default(0),
    cycle: smallint("cycle").notNull().default(1),
    disposition: text("disposition"),
    resolution: text("resolution"),
    resolutionCategory: text("resolution_category"),
    satisfaction: smallint("satisfaction"),
    conversionValue: micros("conversion_value_micros"),
    version: integer("version").notNull().default(1),
    createdAt: instantNow("created_at"),
    updatedAt: instantNow("updated_at"),
    closedAt: instant("closed_at"),
  },
  (t) => [
    // One open request for a number, topic and customer, whoever asks at once.
    uniqueIndex("callback_requests_open_key")
      .on(t.workspaceId, t.phone, t.requestType, sql`coalesce(${t.customerId}, ${t.workspaceId})`)
      .where(sql`${t.status} in ('pending', 'assigned', 'in_progress', 'scheduled')`),
    index("callback_requests_queue_index")
      .on(t.workspaceId, t.orderKey.desc().nullsFirst(), t.createdAt, t.id)
      .where(sql`${t.status} in ('pending', 'assigned')`),
    index("callback_requests_assignee_index")
      .on(t.workspaceId, t.assigneeId, t.orderKey.desc().nullsFirst())
      .where(
        sql`${t.assigneeId} is not null and ${t.status} in ('pending', 'assigned', 'in_progress', 'scheduled')`,
      ),
    index("callback_requests_slot_index")
      .on(t.workspaceId, t.slotStart)
      .where(sql`${t.status} = 'scheduled'`),
    index("callback_requests_recent_index").on(t.workspaceId, t.id.desc().nullsFirst()),
    index("callback_requests_campaign_index")
      .on(t.workspaceId, t.campaignId, t.createdAt)
      .where(sql`${t.campaignId} is not null`),
    // Blocks, not rows: entering times rise with the table, and a claim has one entry less to write.
    index("callback_requests_created_index").using("brin", t.createdAt),
    index("callback_requests_contacted_index")
      .on(t.workspaceId, t.contactedAt)
      .where(sql`${t.contactedAt} is not null`),
    index("callback_requests_closed_index")
      .on(t.workspaceId, t.closedAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`${t.closedAt} is not null`),
    index("callback_requests_customer_index")
      .on(t.workspaceId, t.customerId, t.id.desc().nullsFirst())
      .where(sql`${t.customerId} is not null`),
  ],
);

/** Each time that somebody asked: the first opened the request, the others were merged into it. Erasable. */
export const callbackAsks = pgTable(
  "callback_asks",
  {
    id: id(),
    workspaceId: workspaceId(),
    callbackId: uuid("callback_id").notNull(),
    source: text("source").$type<CallbackSource>().notNull(),
    /** The sender's own key: the same ask twice is one. */
    sourceKey: text("source_key"),
    description: text("description").notNull().default(""),
    campaignId: uuid("campaign_id"),
    part: integer("part"),
    runNumber: bigint("run_number", { mode: "number" }),
    seq: integer("seq"),
    at: instantNow("at"),
  },
  (t) => [
    unique("callback_asks_source_key").on(t.workspaceId, t.source, t.sourceKey),
    index("callback_asks_callback_index").on(t.workspaceId, t.callbackId, t.id),
  ],
);

/** Who has a number now: one live call for each number of a workspace. A claim that has ended is taken over. */
export const callbackHolds = pgTable(
  "callback_holds",
  {
    workspaceId: workspaceId(),
    phone: text("phone").notNull(),
    callbackId: uuid("callback_id").notNull(),
    membershipId: uuid("membership_id").notNull(),
    /** Rises with each claim of the number; a late write of an earlier holder is refused. */
    generation: bigint("generation", { mode: "number" }).notNull(),
    claimedAt: instantNow("claimed_at"),
    until: instant("until").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.phone] }),
    // One request at a time in an agent's hands.
    uniqueIndex("callback_holds_agent_key").on(t.workspaceId, t.membershipId),
    index("callback_holds_until_index").on(t.until),
  ],
);

/** One try to call. Written before a provider is asked, settled by what it says. */
export const callbackAttempts = pgTable(
  "callback_attempts",
  {
    id: id(),
    workspaceId: workspaceId(),
    callbackId: uuid("callback_id").notNull(),
    membershipId: uuid("membership_id").notNull(),
    via: text("via").$type<"tel" | "exotel" | "twilio">().notNull(),
    providerCallId: text("provider_call_id"),
    state: text("state")
      .$type<"intended" | "ringing" | "connected" | "ended" | "failed" | "unknown">()
      .notNull()
      .default("intended"),
    outcome: text("outcome").$type<
      "connected" | "no_answer" | "busy" | "switched_off" | "wrong_number" | "failed"
    >(),
    startedAt: instantNow("started_at"),
    connectedAt: instant("connected_at"),
    endedAt: instant("ended_at"),
    talkSeconds: integer("talk_seconds"),
    holdSeconds: integer("hold_seconds"),
    wrapUpSeconds: integer("wrap_up_seconds"),
    /** Times of `tel:` calls are the agent's own word. */
    selfReported: boolean("self_reported").notNull().default(false),
    recordingUrl: text("recording_url"),
    note: text("note").notNull().default(""),
  },
  (t) => [
    index("callback_attempts_callback_index").on(t.workspaceId, t.callbackId, t.startedAt),
    index("callback_attempts_day_index").on(t.workspaceId, t.startedAt),
    uniqueIndex("callback_attempts_provider_key").on(t.workspaceId, t.via, t.providerCallId),
  ],
);

/** One line of the log of a callback. Append-only: replaying it rebuilds the row. */
export const callbackActivities = pgTable(
  "callback_activities",
  {
    id: id(),
    workspaceId: workspaceId(),
    callbackId: uuid("callback_id").notNull(),
    kind: text("kind").notNull(),
    /** Columns of the request that this line changed, with their new values; no names and no numbers. */
    changes: jsonb("changes").$type<Record<string, unknown>>().notNull().default({}),
    detail: jsonb("detail").$type<Record<string, unknown>>().notNull().default({}),
    actorKind: text("actor_kind").$type<"user" | "system" | "customer" | "api_key">().notNull(),
    actorId: uuid("actor_id"),
    at: instantNow("at"),
  },
  (t) => [index("callback_activities_callback_index").on(t.workspaceId, t.callbackId, t.id)],
);

/** Which messages the queue sends its customers, and in which words; without a row the product's own words go. */
export const callbackMessages = pgTable(
  "callback_messages",
  {
    workspaceId: workspaceId(),
    kind: text("kind").$type<CallbackMessageKind>().notNull(),
    enabled: boolean("enabled").notNull().default(true),
    /** A template of the library, with its channels and languages; null: the e-mail below alone. */
    templateId: uuid("template_id"),
    /** The e-mail, also for customers whom the template's channels do not reach. */
    subject: text("subject").notNull(),
    body: text("body").notNull(),
    /** Of a reminder: so many minutes before the promised time. */
    leadMinutes: smallint("lead_minutes").notNull().default(60),
    updatedAt: instantNow("updated_at"),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.kind] })],
);

/** What a member wrote about a request for the next one who has it. Erasable; the log names its line only. */
export const callbackNotes = pgTable(
  "callback_notes",
  {
    /** Of the line of the log that it belongs to. */
    activityId: uuid("activity_id").primaryKey(),
    workspaceId: workspaceId(),
    callbackId: uuid("callback_id").notNull(),
    text: text("text").notNull(),
    at: instantNow("at"),
  },
  (t) => [index("callback_notes_callback_index").on(t.workspaceId, t.callbackId)],
);

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
