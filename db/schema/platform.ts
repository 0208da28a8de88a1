import { sql } from "drizzle-orm";
import { bigint, bigserial, index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { id, instant, instantNow, workspaceId } from "./columns";

/** Append-only: who did what to which row, with what stood before and after (ids and non-personal values only). */
export const auditEntries = pgTable(
  "audit_entries",
  {
    id: id(),
    workspaceId: workspaceId(),
    actorKind: text("actor_kind").$type<"user" | "system" | "customer" | "api_key">().notNull(),
    actorId: uuid("actor_id"),
    action: text("action").notNull(),
    subjectType: text("subject_type").notNull(),
    subjectId: text("subject_id").notNull(),
    before: jsonb("before"),
    after: jsonb("after"),
    requestId: text("request_id"),
    at: instantNow("at"),
  },
  (t) => [
    index("audit_entries_workspace_index").on(t.workspaceId, t.id),
    index("audit_entries_subject_index").on(t.workspaceId, t.subjectType, t.subjectId, t.id),
  ],
);

/** Events for the workflow engine, written with the change that caused them; the relay sends them at least once. */
export const outbox = pgTable(
  "outbox",
  {
    id: bigserial("id", { mode: "bigint" }).primaryKey(),
    workspaceId: workspaceId(),
    /** Deterministic, begins with the workspace; the engine drops repeats. */
    eventId: text("event_id").notNull().unique(),
    name: text("name").notNull(),
    data: jsonb("data").$type<Record<string, unknown>>().notNull(),
    /** The request that caused it, so that logs of all processes can be read together; null where there was none. */
    requestId: text("request_id"),
    createdAt: instantNow("created_at"),
    sentAt: instant("sent_at"),
  },
  (t) => [
    index("outbox_unsent_index").on(t.id).where(sql`${t.sentAt} is null`),
    index("outbox_sent_index").on(t.sentAt).where(sql`${t.sentAt} is not null`),
  ],
);

/** A topic's version rises with each committed change; a tab re-reads what it shows when the number moved. */
export const topicVersions = pgTable(
  "topic_versions",
  {
    workspaceId: workspaceId(),
    topic: text("topic").notNull(),
    version: bigint("version", { mode: "number" }).notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.topic] })],
);

/** One row a process: what it is, and that it lives. */
export const heartbeats = pgTable("heartbeats", {
  process: text("process").primaryKey(),
  startedAt: instantNow("started_at"),
  beatAt: instantNow("beat_at"),
});

/** The workers that run now. The newest tells the workflow engine which functions there are, and where (`worker/registration.ts`). */
export const workerProcesses = pgTable("worker_processes", {
  id: id(),
  startedAt: instantNow("started_at"),
  beatAt: instantNow("beat_at"),
});

/** Mail of the product itself: invitations, password resets. The body holds a one-time link, so it is encrypted. */
export const systemMails = pgTable(
  "system_mails",
  {
    id: id(),
    workspaceId: workspaceId(),
    kind: text("kind").$type<"invitation" | "password_reset" | "callback" | "renewals">().notNull(),
    toAddress: text("to_address").notNull(),
    subject: text("subject").notNull(),
    encryptedText: text("encrypted_text").notNull(),
    createdAt: instantNow("created_at"),
    sentAt: instant("sent_at"),
    failure: text("failure"),
  },
  (t) => [index("system_mails_workspace_index").on(t.workspaceId, t.id)],
);
