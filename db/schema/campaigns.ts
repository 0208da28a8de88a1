import { sql } from "drizzle-orm";
import {
  bigserial,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { Attachment, Bodies, FallBack, Tracking, Utm } from "@/server/campaigns/content";
import type { Audience } from "@/server/campaigns/schemas";
import type { CampaignCategory, CampaignGoal, CampaignStatus, CampaignType } from "@/server/campaigns/status";
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
    /** Rises with each edit; a stale save is refused. */
    version: integer("version").notNull().default(1),
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
    audienceSize: integer("audience_size"),
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
