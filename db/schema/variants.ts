import { sql } from "drizzle-orm";
import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import type { Channel } from "@/server/channels/status";
import type { ChosenHow, Evidence, TestState } from "@/server/variants/status";
import { campaignRuns, campaigns } from "./campaigns";
import { instant, workspaceId } from "./columns";

/** The A/B/n test of a run: who is in it, who waits for its outcome, and what that was. */
export const runTests = pgTable(
  "run_tests",
  {
    runNumber: bigint("run_number", { mode: "number" })
      .primaryKey()
      .references(() => campaignRuns.number),
    workspaceId: workspaceId(),
    campaignId: uuid("campaign_id")
      .notNull()
      .references(() => campaigns.id),
    state: text("state").$type<TestState>().notNull().default("open"),
    /** Customers of each variant when the audience was fixed. */
    assigned: integer("assigned").array().notNull(),
    /** Customers who wait for the winner. */
    restSize: integer("rest_size").notNull(),
    /** Until then a winner is looked for; then the rest gets the first variant. Null: nobody but a person chooses. */
    until: instant("until"),
    /** What the rest gets; where nobody waits, what was called the winner. */
    chosen: smallint("chosen"),
    chosenHow: text("chosen_how").$type<ChosenHow>(),
    chosenBy: uuid("chosen_by"),
    chosenAt: instant("chosen_at"),
    reason: text("reason").notNull().default(""),
    /** The figures that the choice was made on: later ones hold the rest too. */
    evidence: jsonb("evidence").$type<Evidence>(),
    restBegunAt: instant("rest_begun_at"),
  },
  (t) => [
    index("run_tests_campaign_index").on(t.workspaceId, t.campaignId, t.runNumber.desc().nullsFirst()),
    // Looked at every minute, across workspaces.
    index("run_tests_open_index").on(t.runNumber).where(sql`${t.state} = 'open'`),
  ],
);

/** Who waits for the winner of a run's test; gone once their executions are made. */
export const runRestCustomers = pgTable(
  "run_rest_customers",
  {
    runNumber: bigint("run_number", { mode: "number" }).notNull(),
    customerId: uuid("customer_id").notNull(),
    workspaceId: workspaceId(),
    /** By the order of the first variant; chosen anew where the winner has another order. */
    channel: text("channel").$type<Channel>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.runNumber, t.customerId] })],
);
