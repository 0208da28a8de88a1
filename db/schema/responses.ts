import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { FollowUpState, ResponseClass } from "@/server/responses/status";
import { id, instant, instantNow, workspaceId } from "./columns";

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** What a customer said back. Erasable: it holds the customer's words and address. */
export const responses = pgTable(
  "responses",
  {
    id: id(),
    workspaceId: workspaceId(),
    /** Null for a sender that no customer matches. */
    customerId: uuid("customer_id"),
    channel: text("channel").$type<"email" | "sms" | "whatsapp">().notNull(),
    /** E.164 or e-mail; null once erased. */
    fromAddress: text("from_address"),
    text: text("text").notNull(),
    class: text("class").$type<ResponseClass>().notNull(),
    /** The rule that chose the class and the words that it saw; `person` after a correction. */
    classifiedBy: text("classified_by").notNull(),
    explanation: jsonb("explanation").$type<Record<string, unknown>>().notNull().default({}),
    /** The execution that it answers, where one is known. */
    part: integer("part"),
    runNumber: bigint("run_number", { mode: "number" }),
    seq: integer("seq"),
    campaignId: uuid("campaign_id"),
    /** The provider's or sandbox's own id of the message: the same reply twice is one. */
    sourceId: text("source_id").notNull(),
    followUp: text("follow_up").$type<FollowUpState>().notNull().default("open"),
    assigneeId: uuid("assignee_id"),
    /** What the people who work on it write down. */
    note: text("note").notNull().default(""),
    receivedAt: instant("received_at").notNull(),
    createdAt: instantNow("created_at"),
    handledAt: instant("handled_at"),
    /** When the customer was told that a complaint arrived. */
    acknowledgedAt: instant("acknowledged_at"),
  },
  (t) => [
    uniqueIndex("responses_source_key").on(t.workspaceId, t.channel, t.sourceId),
    index("responses_recent_index").on(t.workspaceId, t.id.desc().nullsFirst()),
    index("responses_customer_index").on(t.workspaceId, t.customerId, t.id.desc().nullsFirst()),
    index("responses_campaign_index").on(t.workspaceId, t.campaignId, t.id.desc().nullsFirst()),
    index("responses_open_index")
      .on(t.workspaceId, t.id.desc().nullsFirst())
      .where(sql`${t.followUp} = 'open'`),
  ],
);

/**
 * Mail that came to the return path, as it came: stored before it is processed. Whose it is says only what stands in it, so
 * it belongs to the installation; it holds personal values and is deleted some time after it was processed.
 */
export const inboundMails = pgTable(
  "inbound_mails",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    /** SHA-256 of the mail: a repeated hand-over is one. */
    digest: text("digest").notNull().unique(),
    recipient: text("recipient").notNull(),
    raw: bytes("raw").notNull(),
    receivedAt: instantNow("received_at"),
    processedAt: instant("processed_at"),
    attempts: integer("attempts").notNull().default(0),
    /** What it was taken for: bounce, complaint, reply, automatic, unknown. */
    outcome: text("outcome"),
    failure: text("failure"),
  },
  (t) => [index("inbound_mails_open_index").on(t.id).where(sql`${t.processedAt} is null`)],
);
