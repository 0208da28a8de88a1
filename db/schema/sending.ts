import {
  bigint,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import type { Caps } from "@/server/sending-rules/schemas";
import { instantNow, micros, workspaceId } from "./columns";

/** What a workspace says about frequency and about old payment data; one without a row has the defaults of the schema. */
export const sendingRules = pgTable("sending_rules", {
  workspaceId: workspaceId().primaryKey(),
  caps: jsonb("caps").$type<Caps>().notNull(),
  /** Service messages of one policy on one day; null: as many as come. Failed payments count apart. */
  servicePerPolicyDay: smallint("service_per_policy_day"),
  /** Messages about payments wait while the payments data is older than this; null: they never wait. */
  paymentsMaxAgeHours: smallint("payments_max_age_hours"),
  updatedAt: instantNow("updated_at"),
});

const hours = () => ({
  /** ISO 3166 country of the recipient. */
  country: text("country").notNull(),
  channel: text("channel").$type<"email" | "sms" | "whatsapp" | "call">().notNull(),
  /** `requested`: the customer asked to be called. */
  purpose: text("purpose").$type<"promotional" | "service" | "requested">().notNull(),
  /** The day, at the recipient's place, from which it holds, until a later row. */
  validFrom: date("valid_from", { mode: "string" }).notNull(),
  /** Minutes of the recipient's day: contact from the first up to, and not at, the second. */
  fromMinute: smallint("from_minute").notNull(),
  toMinute: smallint("to_minute").notNull(),
  /** ISO days of the week (1 = Monday) on which it opens. */
  days: smallint("days").array().notNull(),
  /** Where the hours come from. */
  basis: text("basis").notNull().default(""),
});

/** The hours that come with the product, for every workspace; only migrations write here. */
export const defaultSendingWindows = pgTable("default_sending_windows", hours(), (t) => [
  primaryKey({ columns: [t.country, t.channel, t.purpose, t.validFrom] }),
]);

/** A workspace's own hours; where it has any for a country, channel and purpose, the product's do not count. */
export const sendingWindows = pgTable("sending_windows", { workspaceId: workspaceId(), ...hours() }, (t) => [
  primaryKey({ columns: [t.workspaceId, t.country, t.channel, t.purpose, t.validFrom] }),
]);

/**
 * What a message takes before it goes: a place under the frequency caps and its price from the campaign's budget. Written
 * under locks by the sender, removed when the message failed for good; old rows are purged when no cap looks back so far.
 */
export const sendingReservations = pgTable(
  "sending_reservations",
  {
    workspaceId: workspaceId(),
    runNumber: bigint("run_number", { mode: "number" }).notNull(),
    seq: integer("seq").notNull(),
    campaignId: uuid("campaign_id").notNull(),
    customerId: uuid("customer_id").notNull(),
    channel: text("channel").$type<"email" | "sms" | "whatsapp">().notNull(),
    purpose: text("purpose").$type<"promotional" | "service">().notNull(),
    /** The policy that a service message is about, with the kind that is counted apart: `<id>`, `<id> payment_failed`. */
    subject: text("subject").notNull().default(""),
    cost: micros("cost_micros").notNull(),
    at: instantNow("at"),
  },
  (t) => [
    primaryKey({ columns: [t.runNumber, t.seq] }),
    index("sending_reservations_customer_index").on(t.workspaceId, t.customerId, t.at),
    index("sending_reservations_age_index").on(t.at),
  ],
);

/** What of a campaign's budget is spent or reserved; its row is the lock that workers queue at. */
export const campaignSpend = pgTable("campaign_spend", {
  campaignId: uuid("campaign_id").primaryKey(),
  workspaceId: workspaceId(),
  reserved: micros("reserved_micros").notNull(),
});
