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
  smallint,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { Trigger } from "@/server/automations/schemas";
import type { EntryStatus, StepOutcome } from "@/server/automations/status";
import type { Audience } from "@/server/campaigns/schemas";
import { campaigns } from "./campaigns";
import { instant, instantNow, workspaceId } from "./columns";

/** What a running automated campaign listens with: its current version, as it was published. */
export const automations = pgTable(
  "automations",
  {
    campaignId: uuid("campaign_id")
      .primaryKey()
      .references(() => campaigns.id, { onDelete: "cascade" }),
    workspaceId: workspaceId(),
    /** The run of the version that takes new entries. */
    runNumber: bigint("run_number", { mode: "number" }).notNull(),
    version: integer("version").notNull(),
    audience: jsonb("audience").$type<Audience>().notNull(),
    /** Local time of day of its date triggers, and on whose clock it is read. */
    time: text("time").notNull(),
    clock: text("clock").$type<"workspace" | "recipient">().notNull(),
    /** Hours in which nobody enters again; null: once for ever. */
    againHours: integer("again_hours"),
    /** Each policy is asked apart for "not again within", so that two policies get a message each. */
    eachPolicy: boolean("each_policy").notNull(),
    /** Whether steps follow the first message: then somebody who entered is inside until they end. */
    follows: boolean("follows").notNull().default(false),
    /** What happened before this does not start it: the launch, or the last resumption. */
    listensSince: instantNow("listens_since"),
    /** Date triggers are done up to here. */
    lookedUntil: instantNow("looked_until"),
    /** Days of date triggers that were skipped because the product was off for more than a day. */
    skippedDays: integer("skipped_days").notNull().default(0),
  },
  (t) => [index("automations_workspace_index").on(t.workspaceId)],
);

/** The triggers of the current version, to be found by what happened. */
export const automationTriggers = pgTable(
  "automation_triggers",
  {
    campaignId: uuid("campaign_id")
      .notNull()
      .references(() => automations.campaignId, { onDelete: "cascade" }),
    place: smallint("place").notNull(),
    workspaceId: workspaceId(),
    /** `event:<name>`, `segment:<id>`, `score` or `date`. */
    listens: text("listens").notNull(),
    trigger: jsonb("trigger").$type<Trigger>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.campaignId, t.place] }),
    index("automation_triggers_listens_index").on(t.workspaceId, t.listens),
  ],
);

/** When a customer entered last; the row that keeps two events at once from both letting the same customer in. */
export const automationEntrants = pgTable(
  "automation_entrants",
  {
    campaignId: uuid("campaign_id").notNull(),
    customerId: uuid("customer_id").notNull(),
    /** The policy that it was about, where each is asked apart; else empty. */
    subject: text("subject").notNull(),
    workspaceId: workspaceId(),
    enteredAt: instantNow("entered_at"),
  },
  (t) => [primaryKey({ columns: [t.campaignId, t.customerId, t.subject] })],
);

/** A trigger that fired: once for a customer and occurrence, whatever the version. Its first message is execution `seq`. */
export const automationEntries = pgTable(
  "automation_entries",
  {
    campaignId: uuid("campaign_id").notNull(),
    customerId: uuid("customer_id").notNull(),
    occurrence: text("occurrence").notNull(),
    workspaceId: workspaceId(),
    runNumber: bigint("run_number", { mode: "number" }).notNull(),
    seq: integer("seq").notNull(),
    /** The trigger's place in its version. */
    place: smallint("place").notNull(),
    /** The policy that it is about, and the due date that its key holds. */
    policyId: uuid("policy_id"),
    aboutDate: date("about_date", { mode: "string" }),
    /** The event that fired it. */
    eventId: uuid("event_id"),
    enteredAt: instantNow("entered_at"),
    status: text("status").$type<EntryStatus>().notNull(),
    /** The step that is taken next, the first is 1; one more than there are: all were taken. */
    step: smallint("step").notNull().default(1),
    /** Until when it waits there, since when, and for which event, if for one. */
    wakesAt: instant("wakes_at"),
    waitsSince: instant("waits_since"),
    waitsFor: text("waits_for"),
    /** Why it left or failed. */
    reason: text("reason"),
    endedAt: instant("ended_at"),
  },
  (t) => [
    primaryKey({ columns: [t.campaignId, t.customerId, t.occurrence] }),
    unique("automation_entries_execution_key").on(t.runNumber, t.seq),
    index("automation_entries_customer_index").on(
      t.workspaceId,
      t.customerId,
      t.enteredAt.desc().nullsFirst(),
    ),
    index("automation_entries_waiting_index")
      .on(t.workspaceId, t.waitsFor, t.customerId)
      .where(sql`${t.waitsFor} is not null`),
    index("automation_entries_failed_index").on(t.runNumber).where(sql`${t.status} = 'failed'`),
    index("automation_entries_inside_index").on(t.runNumber, t.step).where(sql`${t.status} = 'inside'`),
  ],
);

/** A step that somebody inside has behind them, and what came of it. Of waits: when they ended. */
export const automationStepsTaken = pgTable(
  "automation_steps_taken",
  {
    runNumber: bigint("run_number", { mode: "number" }).notNull(),
    /** The entry's. */
    seq: integer("seq").notNull(),
    step: smallint("step").notNull(),
    workspaceId: workspaceId(),
    outcome: text("outcome").$type<StepOutcome>().notNull(),
    at: instantNow("at"),
  },
  (t) => [primaryKey({ columns: [t.runNumber, t.seq, t.step] })],
);
