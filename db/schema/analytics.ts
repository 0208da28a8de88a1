import { sql } from "drizzle-orm";
import {
  check,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { id, instant, instantNow, micros, workspaceId } from "./columns";
import { memberships } from "./workspaces";

/** What a campaign costs beside its messages, and what a rupee of revenue is worth to the business. */
export const campaignEconomics = pgTable(
  "campaign_economics",
  {
    campaignId: uuid("campaign_id").primaryKey(),
    workspaceId: workspaceId(),
    /** Micro-units of the workspace's currency. */
    fixedCost: micros("fixed_cost_micros").notNull().default(sql`0`),
    /** Share of the revenue that stays (0 to 1); null: not set, figures are "on revenue". */
    margin: doublePrecision("margin"),
    updatedAt: instantNow("updated_at"),
  },
  (t) => [
    check(
      "campaign_economics_margin_check",
      sql`${t.margin} is null or (${t.margin} > 0 and ${t.margin} <= 1)`,
    ),
  ],
);

/** Links under which anybody reads one campaign's figures until they expire or are taken back. */
export const reportLinks = pgTable(
  "report_links",
  {
    id: id(),
    workspaceId: workspaceId(),
    campaignId: uuid("campaign_id").notNull(),
    createdBy: uuid("created_by").notNull(),
    createdAt: instantNow("created_at"),
    expiresAt: instant("expires_at").notNull(),
    revokedAt: instant("revoked_at"),
  },
  (t) => [index("report_links_campaign_index").on(t.workspaceId, t.campaignId, t.id.desc().nullsFirst())],
);

/** Members who asked for the morning's mail about renewals, and the last day of the workspace that they were told of. */
export const renewalSummaries = pgTable(
  "renewal_summaries",
  {
    membershipId: uuid("membership_id")
      .primaryKey()
      .references(() => memberships.id, { onDelete: "cascade" }),
    workspaceId: workspaceId(),
    toldOn: date("told_on", { mode: "string" }),
    createdAt: instantNow("created_at"),
  },
  (t) => [index("renewal_summaries_workspace_index").on(t.workspaceId)],
);

/**
 * Counts of a campaign that no roll-up holds (by city, tier, segment, …), kept until the roll-ups say that something moved.
 * `version` is what they said when it was counted: a row with another one is counted again before it is shown.
 */
export const analyticsCounts = pgTable(
  "analytics_counts",
  {
    workspaceId: workspaceId(),
    campaignId: uuid("campaign_id").notNull(),
    name: text("name").notNull(),
    version: text("version").notNull(),
    counts: jsonb("counts").$type<unknown>().notNull(),
    countedAt: instant("counted_at").notNull().default(sql`clock_now()`),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.campaignId, t.name] })],
);

/**
 * What a campaign counted on one channel in one day of the workspace's zone (`workspaces.days_zone`): its roll-ups of all runs
 * and variants, summed by `fold-days.ts`, which alone writes here. To be read only where none of those roll-ups moved since
 * (`campaign-days.ts`).
 */
export const campaignDays = pgTable(
  "campaign_days",
  {
    workspaceId: workspaceId(),
    day: date("day", { mode: "string" }).notNull(),
    campaignId: uuid("campaign_id").notNull(),
    channel: text("channel").notNull(),
    sent: integer("sent").notNull(),
    delivered: integer("delivered").notNull(),
    bounced: integer("bounced").notNull(),
    failed: integer("failed").notNull(),
    skipped: integer("skipped").notNull(),
    opened: integer("opened").notNull(),
    clicked: integer("clicked").notNull(),
    replied: integer("replied").notNull(),
    unsubscribed: integer("unsubscribed").notNull(),
    complained: integer("complained").notNull(),
    converted: integer("converted").notNull(),
    conversions: integer("conversions").notNull(),
    /** Micro-units of the workspace's currency. */
    cost: micros("cost_micros").notNull(),
    revenue: micros("revenue_micros").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.day, t.campaignId, t.channel] })],
);
