import { sql } from "drizzle-orm";
import {
  bigserial,
  boolean,
  customType,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { WhatsAppTemplateParts } from "@/server/channels/schemas";
import type { DkimKey } from "@/server/channels/smtp/dkim";
import type { Channel, Provider } from "@/server/channels/status";
import type { TelephonyProvider } from "@/server/telephony/status";
import { id, instant, instantNow, micros, workspaceId } from "./columns";

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** A workspace's account with a provider: what carries a channel. */
export const channelAccounts = pgTable(
  "channel_accounts",
  {
    id: id(),
    workspaceId: workspaceId(),
    channel: text("channel").$type<Channel>().notNull(),
    provider: text("provider").$type<Provider>().notNull(),
    name: text("name").notNull(),
    /** What is not secret: sender number, entity id, host, WhatsApp business account … by the adapter's schema. */
    config: jsonb("config").$type<Record<string, unknown>>().notNull().default({}),
    /** Encrypted with the installation's secret; never sent to a browser, never logged. */
    encryptedSecrets: text("encrypted_secrets"),
    /** The key that its mails are signed with; null: the server signs, or nobody does. */
    dkim: jsonb("dkim").$type<DkimKey>(),
    encryptedDkimKey: text("encrypted_dkim_key"),
    /** `paused`: by a person or by a configuration error; nothing is handed to it and nothing is burnt. */
    status: text("status").$type<"active" | "paused" | "archived">().notNull().default("active"),
    /** The account that carries its channel unless a campaign names another. */
    isDefault: boolean("is_default").notNull().default(false),
    /** Messages a second over all workers; null: the adapter's own limit. Changeable while sending. */
    ratePerSecond: doublePrecision("rate_per_second"),
    dailyLimit: integer("daily_limit"),
    /** Rises when somebody has the webhook's token or key replaced: those of earlier generations are refused. */
    webhookGeneration: integer("webhook_generation").notNull().default(0),
    /** Its health in words, and since when; null when nothing is wrong. */
    trouble: text("trouble"),
    troubleAt: instant("trouble_at"),
    lastAcceptedAt: instant("last_accepted_at"),
    createdAt: instantNow("created_at"),
    updatedAt: instantNow("updated_at"),
  },
  (t) => [
    index("channel_accounts_workspace_index").on(t.workspaceId, t.channel, t.id),
    uniqueIndex("channel_accounts_default_key")
      .on(t.workspaceId, t.channel)
      .where(sql`${t.isDefault} and ${t.status} <> 'archived'`),
  ],
);

/**
 * One bucket for each account, and one for each campaign with a rate of its own (its id), shared by every worker
 * (`performance.md` 9). It deals out places in time instead of tokens: no second gets more than the rate.
 */
export const channelBuckets = pgTable("channel_buckets", {
  accountId: uuid("account_id").primaryKey(),
  workspaceId: workspaceId(),
  /** The first place that is still free; in the past when nothing went lately. */
  nextAt: instantNow("next_at"),
  /** A provider asked to slow down: nothing before this. */
  blockedUntil: instant("blocked_until"),
  /** It did not answer: nobody tries it before this, and then one holder alone until it takes a message. Null: it answered. */
  unreachableUntil: instant("unreachable_until"),
  /** Such requests, and failures to reach it, in a row, without an accepted message between: the waits grow. */
  throttles: integer("throttles").notNull().default(0),
  /** The workspace's day that `dayCount` counts, for the daily limit. */
  day: date("day", { mode: "string" }),
  dayCount: integer("day_count").notNull().default(0),
});

/** What an account took and refused for campaigns, by 15-minute UTC bucket; counted in the call that records it. */
export const accountCounts = pgTable(
  "account_counts",
  {
    accountId: uuid("account_id").notNull(),
    bucket: instant("bucket").notNull(),
    workspaceId: workspaceId(),
    sent: integer("sent").notNull(),
    failed: integer("failed").notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.bucket] })],
);

/** A dated price: what one message costs from a day on, until a later row. */
export const channelPrices = pgTable(
  "channel_prices",
  {
    id: id(),
    workspaceId: workspaceId(),
    channel: text("channel").$type<Channel>().notNull(),
    provider: text("provider").$type<Provider>().notNull(),
    /** WhatsApp: marketing, utility, authentication, service. SMS: a part. E-mail: a message. */
    category: text("category").notNull(),
    /** ISO 3166 country of the recipient, or `*`. */
    country: text("country").notNull().default("*"),
    price: micros("price_micros").notNull(),
    currency: text("currency").notNull(),
    /** Fraction: 0.18 for 18 % GST. */
    taxRate: doublePrecision("tax_rate").notNull().default(0),
    validFrom: date("valid_from", { mode: "string" }).notNull(),
  },
  (t) => [
    unique("channel_prices_key").on(t.workspaceId, t.channel, t.provider, t.category, t.country, t.validFrom),
  ],
);

/** What a provider of messages or of calls posted to us, as it came: stored before it is processed. Erasable: it holds personal values. */
export const webhookReceipts = pgTable(
  "webhook_receipts",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    workspaceId: workspaceId(),
    accountId: uuid("account_id").notNull(),
    provider: text("provider").$type<Provider | TelephonyProvider>().notNull(),
    url: text("url").notNull(),
    headers: jsonb("headers").$type<Record<string, string>>().notNull(),
    body: bytes("body").notNull(),
    receivedAt: instantNow("received_at"),
    processedAt: instant("processed_at"),
    attempts: integer("attempts").notNull().default(0),
    failure: text("failure"),
    /** A failed one waits until then. */
    notBefore: instantNow("not_before"),
    /** Tried often enough: kept with its failure for a person, and left alone. */
    givenUpAt: instant("given_up_at"),
  },
  (t) => [
    index("webhook_receipts_open_index")
      .on(t.notBefore)
      .where(sql`${t.processedAt} is null and ${t.givenUpAt} is null`),
    index("webhook_receipts_failed_index").on(t.workspaceId, t.id).where(sql`${t.givenUpAt} is not null`),
    index("webhook_receipts_received_index").on(t.receivedAt),
  ],
);

/** A WhatsApp message template and what Meta (or Twilio) has said of it. */
export const whatsappTemplates = pgTable(
  "whatsapp_templates",
  {
    id: id(),
    workspaceId: workspaceId(),
    accountId: uuid("account_id").notNull(),
    name: text("name").notNull(),
    language: text("language").notNull(),
    category: text("category").$type<"marketing" | "utility" | "authentication">().notNull(),
    /** Header, body with numbered variables, footer, buttons. */
    parts: jsonb("parts").$type<WhatsAppTemplateParts>().notNull(),
    approval: text("approval")
      .$type<"draft" | "submitted" | "approved" | "rejected" | "paused" | "disabled">()
      .notNull()
      .default("draft"),
    rejection: text("rejection"),
    providerId: text("provider_id"),
    createdAt: instantNow("created_at"),
    updatedAt: instantNow("updated_at"),
  },
  (t) => [unique("whatsapp_templates_key").on(t.workspaceId, t.accountId, t.name, t.language)],
);

/** A row of an imported DLT registry: the only texts that an Indian SMS may carry. */
export const dltTemplates = pgTable(
  "dlt_templates",
  {
    id: id(),
    workspaceId: workspaceId(),
    /** Principal entity, header (sender id) and template, as the registry numbers them. */
    entityId: text("entity_id").notNull(),
    header: text("header").notNull(),
    templateId: text("template_id").notNull(),
    name: text("name").notNull(),
    category: text("category")
      .$type<"promotional" | "service_explicit" | "service_implicit" | "transactional">()
      .notNull(),
    language: text("language").notNull(),
    /** With `{#var#}`, `{#numeric#}`, `{#url#}` … in the registry's own typed form. */
    text: text("text").notNull(),
    /** The provider's own id of the text, where it gives it another (MSG91). */
    providerId: text("provider_id"),
    status: text("status").$type<"active" | "inactive">().notNull().default("active"),
    importedAt: instantNow("imported_at"),
  },
  (t) => [unique("dlt_templates_key").on(t.workspaceId, t.templateId)],
);

/** "Send me a test" of an account: goes through its real adapter, and is never counted anywhere. */
export const channelTests = pgTable(
  "channel_tests",
  {
    /** Travels with the message as its public id, `test-` before it. */
    id: id(),
    workspaceId: workspaceId(),
    accountId: uuid("account_id").notNull(),
    requestedBy: uuid("requested_by").notNull(),
    /** Enough to recognise the address, not enough to write to it. */
    addressHint: text("address_hint").notNull(),
    state: text("state").$type<"sending" | "accepted" | "delivered" | "read" | "failed">().notNull(),
    /** What went wrong, for the person who asked. */
    sentence: text("sentence"),
    providerMessageId: text("provider_message_id"),
    /** Where the short links of a campaign's test lead, in the order of the message; they are not counted. */
    links: text("links").array().notNull().default(sql`'{}'`),
    createdAt: instantNow("created_at"),
    changedAt: instantNow("changed_at"),
  },
  (t) => [index("channel_tests_account_index").on(t.workspaceId, t.accountId, t.id.desc().nullsFirst())],
);
