import {
  bigserial,
  date,
  doublePrecision,
  index,
  pgTable,
  primaryKey,
  smallint,
  uuid,
} from "drizzle-orm/pg-core";
import { instant, instantNow, workspaceId } from "./columns";

/**
 * What a customer's engagement is made of: for each part of the formula the sum of weight × 2^(day ÷ half-life), days
 * counted from a fixed one. Time does not change these sums; a day's score is read off them (`server/engagement`).
 */
export const customerScores = pgTable(
  "customer_scores",
  {
    workspaceId: workspaceId(),
    customerId: uuid("customer_id").notNull(),
    payments: doublePrecision("payments").notNull(),
    replies: doublePrecision("replies").notNull(),
    clicks: doublePrecision("clicks").notNull(),
    opens: doublePrecision("opens").notNull(),
    interest: doublePrecision("interest").notNull(),
    activity: doublePrecision("activity").notNull(),
    complaints: doublePrecision("complaints").notNull(),
    optOuts: doublePrecision("opt_outs").notNull(),
    score: smallint("score").notNull(),
    /** The day in the workspace's zone since which the score stands. */
    day: date("day", { mode: "string" }).notNull(),
    computedAt: instantNow("computed_at"),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.customerId] })],
);

/** Append-only: a score that crossed a multiple of five, for triggers like "engagement rises above 60". */
export const engagementCrossings = pgTable(
  "engagement_crossings",
  {
    id: bigserial("id", { mode: "bigint" }).primaryKey(),
    workspaceId: workspaceId(),
    customerId: uuid("customer_id").notNull(),
    before: smallint("before").notNull(),
    after: smallint("after").notNull(),
    at: instantNow("at"),
  },
  (t) => [
    index("engagement_crossings_recent_index").on(t.workspaceId, t.id.desc().nullsFirst()),
    index("engagement_crossings_customer_index").on(t.workspaceId, t.customerId, t.id.desc().nullsFirst()),
  ],
);

/** The day to which a workspace's scores have decayed. */
export const engagementDays = pgTable("engagement_days", {
  workspaceId: uuid("workspace_id").primaryKey(),
  day: date("day", { mode: "string" }).notNull(),
  finishedAt: instant("finished_at"),
});
