import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { FileStatus } from "@/server/consent/schemas";
import { id, instant, instantNow, workspaceId } from "./columns";

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
