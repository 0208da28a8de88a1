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
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { FileStatus } from "@/server/consent/schemas";
import type { EventSource } from "@/server/events/status";
import { id, instant, instantNow, micros, workspaceId } from "./columns";

/** A person who can be contacted. The one erasable home of personal values: append-only tables hold the id. */
export const customers = pgTable(
  "customers",
  {
    id: id(),
    workspaceId: workspaceId(),
    externalId: text("external_id"),
    name: text("name").notNull().default(""),
    /** E.164; may be shared by a family. */
    phone: text("phone"),
    email: text("email"),
    /** BCP 47 language of messages: en, hi, … */
    language: text("language").notNull().default("en"),
    timeZone: text("time_zone"),
    city: text("city"),
    tier: text("tier").$type<"platinum" | "gold" | "silver" | "bronze">().notNull().default("bronze"),
    engagementScore: integer("engagement_score").notNull().default(0),
    birthDate: date("birth_date", { mode: "string" }),
    /** A state that stops promotion; null when there is none. */
    stopState: text("stop_state").$type<
      "deceased" | "death_claim" | "open_complaint" | "surrender" | "free_look"
    >(),
    /** The advisor whose book the customer is in (membership id). */
    advisorId: uuid("advisor_id"),
    attributes: jsonb("attributes")
      .$type<Record<string, string | number | boolean | null>>()
      .notNull()
      .default({}),
    /** Lower-case words that people sort customers by. */
    tags: text("tags").array().notNull().default(sql`'{}'`),
    /** The person is to be forgotten at this instant; until then nothing is sent. */
    eraseAfter: instant("erase_after"),
    /** Personal values were removed at this instant; the row stays for the counts. */
    erasedAt: instant("erased_at"),
    createdAt: instantNow("created_at"),
    updatedAt: instantNow("updated_at"),
  },
  (t) => [
    uniqueIndex("customers_external_id_key").on(t.workspaceId, t.externalId),
    index("customers_phone_index").on(t.workspaceId, t.phone),
    index("customers_email_index").on(t.workspaceId, sql`lower(${t.email})`),
    // Who was erased is in no list, so that counting the others reads the index alone.
    index("customers_recent_index")
      .on(t.workspaceId, t.id.desc().nullsFirst())
      .where(sql`${t.erasedAt} is null`),
    index("customers_name_index").on(t.workspaceId, sql`lower(${t.name})`, t.id),
    index("customers_tier_index").on(t.workspaceId, t.tier, t.id),
    index("customers_score_index").on(t.workspaceId, t.engagementScore, t.id),
    index("customers_advisor_index").on(t.workspaceId, t.advisorId).where(sql`${t.advisorId} is not null`),
    index("customers_tags_index").using("gin", t.tags),
    index("customers_search_index").using(
      "gin",
      sql`(lower(${t.name} || ' ' || coalesce(${t.email}, '') || ' ' || coalesce(${t.phone}, '') || ' ' || coalesce(${t.externalId}, ''))) gin_trgm_ops`,
    ),
  ],
);

/** An insurance contract of a customer. */
export const policies = pgTable(
  "policies",
  {
    id: id(),
    workspaceId: workspaceId(),
    customerId: uuid("customer_id")
      .notNull()
      .references(() => customers.id),
    policyNumber: text("policy_number").notNull(),
    policyType: text("policy_type").notNull(),
    productName: text("product_name").notNull(),
    status: text("status")
      .$type<"in_force" | "in_grace" | "lapsed" | "paid_up" | "surrendered" | "matured">()
      .notNull(),
    premium: micros("premium_micros").notNull(),
    sumAssured: micros("sum_assured_micros"),
    currency: text("currency").notNull(),
    paymentMode: text("payment_mode")
      .$type<"monthly" | "quarterly" | "half_yearly" | "yearly" | "single">()
      .notNull(),
    autoDebit: boolean("auto_debit").notNull().default(false),
    /** Null where the insurer's file does not say it. */
    startDate: date("start_date", { mode: "string" }),
    renewalDate: date("renewal_date", { mode: "string" }),
    graceDays: integer("grace_days").notNull().default(30),
    createdAt: instantNow("created_at"),
    updatedAt: instantNow("updated_at"),
  },
  (t) => [
    unique("policies_number_key").on(t.workspaceId, t.policyNumber),
    // Covers what segments ask of a customer's policies most: read without the table.
    index("policies_customer_index").on(
      t.workspaceId,
      t.customerId,
      t.status,
      t.renewalDate,
      t.policyType,
      t.premium,
    ),
    index("policies_renewal_index").on(t.workspaceId, t.renewalDate),
  ],
);

/** A due payment on a policy. */
export const premiumPayments = pgTable(
  "premium_payments",
  {
    id: id(),
    workspaceId: workspaceId(),
    policyId: uuid("policy_id")
      .notNull()
      .references(() => policies.id),
    customerId: uuid("customer_id").notNull(),
    dueDate: date("due_date", { mode: "string" }).notNull(),
    amount: micros("amount_micros").notNull(),
    currency: text("currency").notNull(),
    status: text("status").$type<"due" | "paid" | "overdue" | "failed">().notNull(),
    paidAt: instant("paid_at"),
  },
  (t) => [
    unique("premium_payments_policy_due_key").on(t.workspaceId, t.policyId, t.dueDate),
    index("premium_payments_due_index").on(t.workspaceId, t.status, t.dueDate),
    index("premium_payments_customer_index").on(t.workspaceId, t.customerId),
  ],
);

/** Something that happened to a customer. */
export const customerEvents = pgTable(
  "customer_events",
  {
    id: id(),
    workspaceId: workspaceId(),
    customerId: uuid("customer_id").notNull(),
    /** The sender's own id: the same event twice is one. */
    sourceId: text("source_id"),
    name: text("name").notNull(),
    properties: jsonb("properties")
      .$type<Record<string, string | number | boolean | null>>()
      .notNull()
      .default({}),
    /** Which way it came in: `screen` is somebody at a keyboard, with a form or a file. */
    source: text("source").$type<EventSource>().notNull().default("api"),
    occurredAt: instant("occurred_at").notNull(),
    receivedAt: instantNow("received_at"),
  },
  (t) => [
    uniqueIndex("customer_events_source_key").on(t.workspaceId, t.sourceId),
    index("customer_events_customer_index").on(t.workspaceId, t.customerId, t.occurredAt.desc().nullsFirst()),
    index("customer_events_recent_index").on(
      t.workspaceId,
      t.occurredAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    // The customer stands in it, so that "did it in these days" is counted from the index alone.
    index("customer_events_name_index").on(
      t.workspaceId,
      t.name,
      t.occurredAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
      t.customerId,
    ),
  ],
);

/** Append-only evidence that a customer allows, or no longer allows, a channel for a purpose. */
export const consents = pgTable(
  "consents",
  {
    id: id(),
    workspaceId: workspaceId(),
    customerId: uuid("customer_id").notNull(),
    channel: text("channel").$type<"email" | "sms" | "whatsapp" | "call">().notNull(),
    purpose: text("purpose").$type<"promotional" | "service">().notNull(),
    action: text("action").$type<"granted" | "withdrawn">().notNull(),
    source: text("source").notNull(),
    textShown: text("text_shown"),
    evidence: jsonb("evidence").$type<Record<string, unknown>>().notNull().default({}),
    /** Who wrote it down: the customer, a person of the workspace, or the product itself. */
    actorKind: text("actor_kind")
      .$type<"user" | "system" | "customer" | "api_key">()
      .notNull()
      .default("system"),
    actorId: uuid("actor_id"),
    at: instantNow("at"),
  },
  (t) => [
    index("consents_recent_index").on(t.workspaceId, t.id.desc().nullsFirst()),
    index("consents_customer_index").on(
      t.workspaceId,
      t.customerId,
      t.channel,
      t.purpose,
      t.id.desc().nullsFirst(),
    ),
  ],
);

/** What the ledger says now; kept in the transaction that appends to it. */
export const consentStates = pgTable(
  "consent_states",
  {
    workspaceId: workspaceId(),
    customerId: uuid("customer_id").notNull(),
    channel: text("channel").$type<"email" | "sms" | "whatsapp" | "call">().notNull(),
    purpose: text("purpose").$type<"promotional" | "service">().notNull(),
    granted: boolean("granted").notNull(),
    at: instantNow("at"),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.customerId, t.channel, t.purpose] }),
    index("consent_states_coverage_index").on(t.workspaceId, t.channel, t.purpose, t.granted),
  ],
);

/** An address that must not be contacted. Keyed by a keyed hash, so that it outlives the erasure of the person. */
export const suppressions = pgTable(
  "suppressions",
  {
    id: id(),
    workspaceId: workspaceId(),
    channel: text("channel").$type<"email" | "sms" | "whatsapp" | "call">().notNull(),
    addressHash: text("address_hash").notNull(),
    /** Enough to recognise it, not enough to contact it: r•••@example.com */
    addressHint: text("address_hint").notNull(),
    reason: text("reason")
      .$type<"unsubscribed" | "hard_bounce" | "complaint" | "do_not_disturb" | "manual" | "erased">()
      .notNull(),
    origin: text("origin").notNull(),
    /** The person who added it by hand or by a file; null when the product did. */
    addedBy: uuid("added_by"),
    /** The file that it came with (`consent_files`), for its undo. */
    fileId: uuid("file_id"),
    createdAt: instantNow("created_at"),
  },
  (t) => [
    unique("suppressions_address_key").on(t.workspaceId, t.channel, t.addressHash),
    index("suppressions_recent_index").on(t.workspaceId, t.id.desc().nullsFirst()),
    index("suppressions_file_index").on(t.fileId).where(sql`${t.fileId} is not null`),
  ],
);

/** A CSV file of consents or of suppressions, on its way into the ledger or the list. */
export const consentFiles = pgTable(
  "consent_files",
  {
    id: id(),
    workspaceId: workspaceId(),
    kind: text("kind").$type<"consents" | "suppressions">().notNull(),
    fileName: text("file_name").notNull(),
    /** Relative to the data directory. */
    filePath: text("file_path").notNull(),
    bytes: bigint("bytes", { mode: "number" }).notNull(),
    delimiter: text("delimiter").notNull(),
    headers: jsonb("headers").$type<string[]>().notNull(),
    status: text("status").$type<FileStatus>().notNull().default("importing"),
    /** The checkpoint: rows that were taken, and where in the file they end. */
    rowsRead: integer("rows_read").notNull().default(0),
    bytesRead: bigint("bytes_read", { mode: "number" }).notNull().default(0),
    rowsAdded: integer("rows_added").notNull().default(0),
    rowsUnchanged: integer("rows_unchanged").notNull().default(0),
    rowsRefused: integer("rows_refused").notNull().default(0),
    failure: text("failure"),
    createdBy: uuid("created_by").notNull(),
    createdAt: instantNow("created_at"),
    endedAt: instant("ended_at"),
  },
  (t) => [index("consent_files_recent_index").on(t.workspaceId, t.id.desc().nullsFirst())],
);

/** A row of such a file that was not taken, with the reason. Erasable. */
export const consentFileRefusals = pgTable(
  "consent_file_refusals",
  {
    workspaceId: workspaceId(),
    fileId: uuid("file_id").notNull(),
    rowNumber: integer("row_number").notNull(),
    reason: text("reason").notNull(),
    row: jsonb("row").$type<string[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.fileId, t.rowNumber] })],
);

/** A custom attribute that the workspace defines; its values stand in `customers.attributes` under the key. */
export const attributeDefinitions = pgTable(
  "attribute_definitions",
  {
    id: id(),
    workspaceId: workspaceId(),
    key: text("key").notNull(),
    label: text("label").notNull(),
    type: text("type").$type<"text" | "number" | "boolean" | "date" | "choice">().notNull(),
    /** The values of a choice, in their order. */
    options: jsonb("options").$type<string[]>().notNull().default([]),
    description: text("description").notNull().default(""),
    createdAt: instantNow("created_at"),
    archivedAt: instant("archived_at"),
  },
  (t) => [unique("attribute_definitions_key").on(t.workspaceId, t.key)],
);

/**
 * What was changed about a customer, with the values before and after. Erasable, because the audit log is not: that one
 * names the fields only.
 */
export const customerChanges = pgTable(
  "customer_changes",
  {
    id: id(),
    workspaceId: workspaceId(),
    customerId: uuid("customer_id").notNull(),
    actorKind: text("actor_kind").$type<"user" | "system" | "customer" | "api_key">().notNull(),
    actorId: uuid("actor_id"),
    /** What was changed: the customer itself, or a policy or payment (`subject_id`). */
    subject: text("subject").$type<"customer" | "policy" | "payment">().notNull(),
    subjectId: uuid("subject_id").notNull(),
    /** Null before: it was made; null after: it was removed. */
    before: jsonb("before").$type<Record<string, unknown>>(),
    after: jsonb("after").$type<Record<string, unknown>>(),
    at: instantNow("at"),
  },
  (t) => [index("customer_changes_customer_index").on(t.workspaceId, t.customerId, t.at.desc().nullsFirst())],
);

/** A request to forget a person, and what came of it. Holds ids and counts only, so it can stay. */
export const erasures = pgTable(
  "erasures",
  {
    id: id(),
    workspaceId: workspaceId(),
    customerId: uuid("customer_id").notNull(),
    requestedBy: uuid("requested_by"),
    requestedAt: instantNow("requested_at"),
    dueAt: instant("due_at").notNull(),
    /** The addresses are suppressed for good, so that no file brings the person back into campaigns. */
    suppress: boolean("suppress").notNull(),
    /** Keyed hash of the external id, where `suppress` keeps the person out: what files and events are compared with. */
    externalIdHash: text("external_id_hash"),
    cancelledAt: instant("cancelled_at"),
    doneAt: instant("done_at"),
    /** When it was looked at again, for what was under way during the erasure. */
    checkedAt: instant("checked_at"),
    /** Place → rows that were removed or emptied. */
    removed: jsonb("removed").$type<Record<string, number>>(),
  },
  (t) => [
    uniqueIndex("erasures_customer_key").on(t.workspaceId, t.customerId).where(sql`${t.cancelledAt} is null`),
    index("erasures_due_index").on(t.dueAt).where(sql`${t.checkedAt} is null and ${t.cancelledAt} is null`),
    index("erasures_external_id_index")
      .on(t.workspaceId, t.externalIdHash)
      .where(sql`${t.externalIdHash} is not null`),
  ],
);

/** What people write about a customer. Erasable. */
export const customerNotes = pgTable(
  "customer_notes",
  {
    id: id(),
    workspaceId: workspaceId(),
    customerId: uuid("customer_id").notNull(),
    authorId: uuid("author_id").notNull(),
    text: text("text").notNull(),
    createdAt: instantNow("created_at"),
    editedAt: instant("edited_at"),
    deletedAt: instant("deleted_at"),
  },
  (t) => [index("customer_notes_customer_index").on(t.workspaceId, t.customerId, t.id.desc().nullsFirst())],
);
