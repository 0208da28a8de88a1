import { sql } from "drizzle-orm";
import { date, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { id, instant, instantNow, workspaceId } from "./columns";

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
