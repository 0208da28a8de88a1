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
    /** The member who answers it. */
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
    index("responses_assignee_index")
      .on(t.workspaceId, t.assigneeId, t.id.desc().nullsFirst())
      .where(sql`${t.assigneeId} is not null`),
  ],
);

/** What a person of the workspace answered to a response. Erasable: the words are to a customer. */
export const responseAnswers = pgTable(
  "response_answers",
  {
    id: id(),
    workspaceId: workspaceId(),
    responseId: uuid("response_id").notNull(),
    customerId: uuid("customer_id").notNull(),
    /** Of an e-mail; empty on other channels. */
    subject: text("subject").notNull().default(""),
    text: text("text").notNull(),
    byUser: uuid("by_user").notNull(),
    /** The run of one message that carries it. */
    part: integer("part").notNull(),
    runNumber: bigint("run_number", { mode: "number" }).notNull().unique(),
    createdAt: instantNow("created_at"),
  },
  (t) => [
    index("response_answers_response_index").on(t.workspaceId, t.responseId),
    index("response_answers_customer_index").on(t.workspaceId, t.customerId),
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
