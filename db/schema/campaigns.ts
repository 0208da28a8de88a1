import { sql } from "drizzle-orm";
import {
  bigserial,
  boolean,
  check,
  date,
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
import type { AbTest, Attachment, Bodies, FallBack, Tracking, Utm } from "@/server/campaigns/content";
import type { Audience, Schedule } from "@/server/campaigns/schemas";
import type {
  CampaignCategory,
  CampaignGoal,
  CampaignStatus,
  CampaignType,
  CheckVerdict,
  ReviewAct,
} from "@/server/campaigns/status";
import type { Channel } from "@/server/channels/status";
import { id, instant, instantNow, micros, workspaceId } from "./columns";

/** What is sent, to whom, when, why. */
export const campaigns = pgTable(
  "campaigns",
  {
    id: id(),
    workspaceId: workspaceId(),
    name: text("name").notNull(),
    type: text("type").$type<CampaignType>().notNull(),
    goal: text("goal").$type<CampaignGoal>().notNull(),
    description: text("description").notNull().default(""),
    status: text("status").$type<CampaignStatus>().notNull().default("draft"),
    /** The content's category fixes its purpose (promotional or service); see server/campaigns/status.ts. */
    category: text("category").$type<CampaignCategory>().notNull(),
    /** `{ kind: "all" }` or `{ kind: "tier", tiers: [...] }`. */
    audience: jsonb("audience").$type<Audience>().notNull().default({ kind: "all" }),
    /** Channels in order of preference; a customer gets the first one that reaches and allows it. */
    channels: text("channels").array().$type<Channel[]>().notNull().default(sql`'{email}'`),
    /** Languages of the bodies; the first is for customers of other languages. */
    languages: text("languages").array().notNull().default(sql`'{en}'`),
    /** Channel → language → what is said there; see server/campaigns/content.ts. */
    bodies: jsonb("bodies").$type<Bodies>().notNull().default({}),
    /** WhatsApp that is not delivered after some hours goes by SMS, as a step of its own. */
    fallBack: jsonb("fall_back").$type<FallBack | null>(),
    /** Versions of the content that are tried against each other; null: everybody gets the same. */
    abTest: jsonb("ab_test").$type<AbTest | null>(),
    attachments: jsonb("attachments").$type<Attachment[]>().notNull().default([]),
    /** Most that the messages of this campaign may cost; null: no limit. */
    budget: micros("budget_micros"),
    /** Messages a second of this campaign alone; null: what the account allows. */
    ratePerSecond: doublePrecision("rate_per_second"),
    /** Added to links; null: what the workspace adds. */
    utm: jsonb("utm").$type<Utm | null>(),
    /** What is counted of what readers do. */
    tracking: jsonb("tracking").$type<Tracking>().notNull().default({ opens: true, clicks: true }),
    /** Whom its mails come from; null: the workspace's own name of the sender. */
    senderName: text("sender_name"),
    /** Tag → text used when a customer has no value for it. */
    fallbacks: jsonb("fallbacks").$type<Record<string, string>>().notNull().default({}),
    /** Asks once more, when a message is about to go, whether its customer is still in the audience. */
    recheckAudience: boolean("recheck_audience").notNull().default(false),
    /** What to do with a message whose outcome cannot be known. */
    onUnknown: text("on_unknown").$type<"hold" | "resend">().notNull().default("hold"),
    /** Name of the customer event that means the goal was reached; null: no event does, conversions are told otherwise. */
    conversionEvent: text("conversion_event"),
    /** Days after a touch in which a conversion counts for it; null: the window of the goal (server/campaigns/status.ts). */
    attributionDays: integer("attribution_days"),
    /** Whether a premium that the bank collects by itself counts as a conversion. */
    countsAutoDebit: boolean("counts_auto_debit").notNull().default(false),
    ownerId: uuid("owner_id").notNull(),
    /**
     * Carries single messages of another part of the product through the ledger: it stands in no list, nobody edits it, and no
     * conversion is credited to it. Null for what people make.
     */
    carries: text("carries").$type<"callbacks">(),
    /** A draft of changes to this running automation: it is published as its next version, and never launched by itself. */
    replaces: uuid("replaces"),
    /** Rises with each edit; a stale save is refused. */
    version: integer("version").notNull().default(1),
    /** Who asked for approval, while it is in review. */
    submittedBy: uuid("submitted_by"),
    /** The version that an approver approved: what is launched must be it, where approval is asked for. */
    approvedVersion: integer("approved_version"),
    /** When it is sent; see server/campaigns/schedule-dates.ts. */
    schedule: jsonb("schedule").$type<Schedule>().notNull().default({ kind: "now" }),
    /** The next instant at which it launches by itself; null when none is to come. */
    dueAt: instant("due_at"),
    /** The local time that it launches for then: zones may change before it comes, what was promised does not. */
    dueSlot: text("due_slot"),
    /** Days of the workspace's zone: not launched before the first, nothing sent after the second. */
    startsOn: date("starts_on", { mode: "string" }),
    endsOn: date("ends_on", { mode: "string" }),
    /** Lower-case words that people sort campaigns by. */
    tags: text("tags").array().notNull().default(sql`'{}'`),
    /** Percent of the audience that gets nothing, to measure against. */
    holdOut: smallint("hold_out").notNull().default(0),
    /** Put away: out of the list unless it is asked for. */
    archivedAt: instant("archived_at"),
    /** Carries what people answer to customers, each in a run of its own: never launched, and listed among the archived only. */
    answers: boolean("answers").notNull().default(false),
    /** A sentence for the person, when it failed. */
    failure: text("failure"),
    createdAt: instantNow("created_at"),
    updatedAt: instantNow("updated_at"),
    launchedAt: instant("launched_at"),
    completedAt: instant("completed_at"),
  },
  (t) => [
    index("campaigns_recent_index").on(t.workspaceId, t.id.desc().nullsFirst()),
    index("campaigns_status_index").on(t.workspaceId, t.status, t.id.desc().nullsFirst()),
    index("campaigns_conversion_event_index")
      .on(t.workspaceId, t.conversionEvent)
      .where(sql`${t.conversionEvent} is not null`),
    index("campaigns_search_index").using("gin", sql`lower(${t.name}) gin_trgm_ops`),
    index("campaigns_tags_index").using("gin", t.tags),
    // One draft of changes at a time.
    uniqueIndex("campaigns_replaces_key").on(t.replaces).where(sql`${t.replaces} is not null`),
    // One that is under way at a time.
    uniqueIndex("campaigns_answers_key")
      .on(t.workspaceId)
      .where(sql`${t.answers} and ${t.status} in ('active', 'paused')`),
    // Looked at every minute, across workspaces.
    index("campaigns_due_index").on(t.dueAt).where(sql`${t.dueAt} is not null`),
    check("campaigns_due_slot_check", sql`(${t.dueAt} is null) = (${t.dueSlot} is null)`),
    uniqueIndex("campaigns_carries_key")
      .on(t.workspaceId, t.carries)
      .where(sql`${t.carries} is not null and ${t.status} in ('active', 'paused')`),
    index("campaigns_ending_index").on(t.endsOn).where(sql`${t.status} in ('active', 'paused')`),
  ],
);

/** One launch, one slot of a recurring campaign, or one version of an automation. */
export const campaignRuns = pgTable(
  "campaign_runs",
  {
    id: id(),
    /** Short, for the ledger's keys and public ids. */
    number: bigserial("number", { mode: "number" }).notNull().unique(),
    workspaceId: workspaceId(),
    campaignId: uuid("campaign_id")
      .notNull()
      .references(() => campaigns.id),
    /** "launch", a recurring slot's local time, or "v3" of an automation. */
    slot: text("slot").notNull(),
    /** The ledger part that holds its executions; chosen when the audience is frozen. */
    part: integer("part"),
    status: text("status")
      .$type<"freezing" | "active" | "completed" | "cancelled" | "failed">()
      .notNull()
      .default("freezing"),
    /** Subject, body, fallbacks, links and purpose as they stood at launch. */
    content: jsonb("content").$type<Record<string, unknown>>().notNull(),
    /** A version of an automation that takes entries, or has people inside: drained is not complete. */
    live: boolean("live").notNull().default(false),
    /** Executions that may be sent; the hold-out is counted apart. */
    audienceSize: integer("audience_size"),
    heldOutSize: integer("held_out_size").notNull().default(0),
    createdAt: instantNow("created_at"),
    frozenAt: instant("frozen_at"),
    completedAt: instant("completed_at"),
  },
  (t) => [
    unique("campaign_runs_slot_key").on(t.campaignId, t.slot),
    index("campaign_runs_campaign_index").on(t.workspaceId, t.campaignId),
    // The worker looks at these many times a minute; ended runs must cost it nothing.
    index("campaign_runs_live_index").on(t.number).where(sql`${t.status} in ('freezing', 'active')`),
  ],
);

/** Append-only: who asked for approval of which version, and what became of it. */
export const campaignReviews = pgTable(
  "campaign_reviews",
  {
    id: id(),
    workspaceId: workspaceId(),
    campaignId: uuid("campaign_id")
      .notNull()
      .references(() => campaigns.id, { onDelete: "cascade" }),
    version: integer("version").notNull(),
    act: text("act").$type<ReviewAct>().notNull(),
    comment: text("comment").notNull().default(""),
    byUser: uuid("by_user").notNull(),
    at: instantNow("at"),
  },
  (t) => [index("campaign_reviews_campaign_index").on(t.workspaceId, t.campaignId, t.id.desc().nullsFirst())],
);

/** A list of campaigns that a member looks at again: filters and search as they stand in the address. */
export const campaignViews = pgTable(
  "campaign_views",
  {
    id: id(),
    workspaceId: workspaceId(),
    membershipId: uuid("membership_id").notNull(),
    name: text("name").notNull(),
    query: text("query").notNull(),
    createdAt: instantNow("created_at"),
  },
  (t) => [unique("campaign_views_name_key").on(t.workspaceId, t.membershipId, t.name)],
);

/** A look at what would happen if a draft were launched as it stands: one a campaign, the last one. */
export const campaignChecks = pgTable(
  "campaign_checks",
  {
    id: id(),
    workspaceId: workspaceId(),
    campaignId: uuid("campaign_id")
      .notNull()
      .references(() => campaigns.id, { onDelete: "cascade" }),
    /** Of the campaign: a later edit makes the answer an old one. */
    version: integer("version").notNull(),
    status: text("status").$type<"running" | "done" | "cancelled" | "failed">().notNull().default("running"),
    /** Customers to ask about, and those asked about so far. */
    total: integer("total").notNull(),
    judged: integer("judged").notNull().default(0),
    heldOut: integer("held_out").notNull().default(0),
    /** What those who go would cost so far, tax included. */
    cost: micros("cost_micros").notNull().default(sql`0`),
    startedBy: uuid("started_by").notNull(),
    startedAt: instantNow("started_at"),
    finishedAt: instant("finished_at"),
  },
  (t) => [unique("campaign_checks_campaign_key").on(t.campaignId)],
);

/** What the sender's rules say about each customer of a check, in the order in which they would be sent it. */
export const campaignCheckCustomers = pgTable(
  "campaign_check_customers",
  {
    checkId: uuid("check_id")
      .notNull()
      .references(() => campaignChecks.id, { onDelete: "cascade" }),
    place: integer("place").notNull(),
    workspaceId: workspaceId(),
    customerId: uuid("customer_id").notNull(),
    channel: text("channel").$type<Channel>().notNull(),
    /** Null for the rest, which waits for the winner of the test; it is asked about with the first variant. */
    variant: smallint("variant").default(0),
    /** Null until it was asked. */
    verdict: text("verdict").$type<CheckVerdict>(),
    reason: text("reason"),
    detail: text("detail"),
    until: instant("until"),
  },
  (t) => [
    primaryKey({ columns: [t.checkId, t.place] }),
    index("campaign_check_customers_reason_index").on(t.checkId, t.verdict, t.reason, t.place),
  ],
);
