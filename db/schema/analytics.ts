import { sql } from "drizzle-orm";
import { check, doublePrecision, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { instant, instantNow, micros, workspaceId } from "./columns";

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
