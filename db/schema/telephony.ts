import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { CallPurpose, TelephonyProvider } from "@/server/telephony/status";
import { id, instant, instantNow, workspaceId } from "./columns";

/** A workspace's account with a provider that bridges calls. */
export const telephonyAccounts = pgTable(
  "telephony_accounts",
  {
    id: id(),
    workspaceId: workspaceId(),
    provider: text("provider").$type<TelephonyProvider>().notNull(),
    name: text("name").notNull(),
    /** What is not secret, by the adapter's schema. */
    config: jsonb("config").$type<Record<string, unknown>>().notNull().default({}),
    /** Encrypted with the installation's secret; never sent to a browser, never logged. */
    encryptedSecrets: text("encrypted_secrets").notNull(),
    /** `paused`: by a person or because it is set up wrongly; no call is placed with it. */
    status: text("status").$type<"active" | "paused" | "archived">().notNull().default("active"),
    callsPerMinute: integer("calls_per_minute").notNull(),
    /** Its health in words, and since when; null when nothing is wrong. */
    trouble: text("trouble"),
    troubleAt: instant("trouble_at"),
    lastPlacedAt: instant("last_placed_at"),
    createdAt: instantNow("created_at"),
    updatedAt: instantNow("updated_at"),
  },
  (t) => [index("telephony_accounts_workspace_index").on(t.workspaceId, t.id)],
);

/** The number that customers see: one for each purpose. */
export const telephonyLines = pgTable(
  "telephony_lines",
  {
    workspaceId: workspaceId(),
    purpose: text("purpose").$type<CallPurpose>().notNull(),
    /** E.164; India's 1600 and 140 numbers too. */
    number: text("number").notNull(),
    accountId: uuid("account_id").notNull(),
    updatedAt: instantNow("updated_at"),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.purpose] })],
);

/** What a workspace says of a topic: why customers are called about it, and what the agent has to say first. */
export const telephonyTopics = pgTable(
  "telephony_topics",
  {
    workspaceId: workspaceId(),
    requestType: text("request_type").notNull(),
    purpose: text("purpose").$type<CallPurpose>().notNull().default("service"),
    /** Read out at the start of a call; empty: nothing. */
    script: text("script").notNull().default(""),
    updatedAt: instantNow("updated_at"),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.requestType] })],
);
