import { sql } from "drizzle-orm";
import { index, integer, pgTable, smallint, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { CallResult, CallState, LegStep } from "@/server/calls/status";
import type { CallPurpose, TelephonyProvider } from "@/server/telephony/status";
import { id, instant, instantNow, workspaceId } from "./columns";

/**
 * A call over the bridge: the agent's phone, then the customer's. Stored before the provider is asked; what the provider
 * tells is merged into the legs, so that any order of arrival gives the same row. Erasable: it holds a number.
 */
export const calls = pgTable(
  "calls",
  {
    id: id(),
    workspaceId: workspaceId(),
    /** Null: a test of an account. */
    callbackId: uuid("callback_id"),
    attemptId: uuid("attempt_id"),
    membershipId: uuid("membership_id").notNull(),
    accountId: uuid("account_id").notNull(),
    provider: text("provider").$type<TelephonyProvider>().notNull(),
    providerCallId: text("provider_call_id"),
    purpose: text("purpose").$type<CallPurpose>().notNull(),
    /** The number that the customer sees. */
    line: text("line").notNull(),
    agentPhone: text("agent_phone").notNull(),
    customerPhone: text("customer_phone").notNull(),
    state: text("state").$type<CallState>().notNull().default("intended"),
    result: text("result").$type<CallResult>(),
    agentLeg: text("agent_leg").$type<LegStep>().notNull().default("none"),
    customerLeg: text("customer_leg").$type<LegStep>().notNull().default("none"),
    /** A sentence for the agent: why it was not placed. */
    sentence: text("sentence"),
    recordingUrl: text("recording_url"),
    talkSeconds: integer("talk_seconds"),
    intendedAt: instantNow("intended_at"),
    connectedAt: instant("connected_at"),
    endedAt: instant("ended_at"),
    /** When the provider is asked what became of it; null: there is nothing left to ask. */
    askAt: instant("ask_at"),
    asks: smallint("asks").notNull().default(0),
  },
  (t) => [
    // One live call for a number in the whole workspace, whoever asks at once.
    uniqueIndex("calls_live_number_key").on(t.workspaceId, t.customerPhone).where(sql`${t.state} <> 'ended'`),
    // And one for an agent's phone.
    uniqueIndex("calls_live_agent_key").on(t.workspaceId, t.membershipId).where(sql`${t.state} <> 'ended'`),
    index("calls_callback_index").on(t.workspaceId, t.callbackId, t.intendedAt.desc().nullsFirst()),
    index("calls_account_index").on(t.workspaceId, t.accountId, t.intendedAt),
    index("calls_ask_index").on(t.askAt).where(sql`${t.askAt} is not null`),
  ],
);
