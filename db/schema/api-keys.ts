import { sql } from "drizzle-orm";
import { index, integer, json, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { id, instant, instantNow, workspaceId } from "./columns";

/** What another system signs in with. Only hashes are kept: the key itself is shown once. */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: id(),
    workspaceId: workspaceId(),
    name: text("name").notNull(),
    /** SHA-256 of the key, hex. */
    hash: text("hash").notNull(),
    /** Its last four signs, to tell keys apart. */
    hint: text("hint").notNull(),
    scopes: text("scopes").array().notNull(),
    createdBy: uuid("created_by"),
    createdAt: instantNow("created_at"),
    /** To the minute. */
    lastUsedAt: instant("last_used_at"),
    rotatedAt: instant("rotated_at"),
    /** The key before the last rotation, as long as it still opens. */
    formerHash: text("former_hash"),
    formerUntil: instant("former_until"),
    revokedAt: instant("revoked_at"),
  },
  (t) => [
    uniqueIndex("api_keys_hash_key").on(t.hash),
    uniqueIndex("api_keys_former_hash_key").on(t.formerHash).where(sql`${t.formerHash} is not null`),
    index("api_keys_recent_index").on(t.workspaceId, t.id.desc().nullsFirst()),
  ],
);

/** Answers to POSTs that carried an `Idempotency-Key`: the same request again gets the same answer. Kept for a day. */
export const apiAnswers = pgTable(
  "api_answers",
  {
    workspaceId: workspaceId(),
    /** The API key that asked, or the user who signed in. */
    callerId: uuid("api_key_id").notNull(),
    idempotencyKey: text("idempotency_key").notNull(),
    /** SHA-256 of method, path and body: another request under the same key is refused. */
    requestHash: text("request_hash").notNull(),
    /** Null while the first request is under way. */
    status: integer("status"),
    /** As it was sent, in its order: json, not jsonb. */
    answer: json("answer").$type<Record<string, unknown>>(),
    createdAt: instantNow("created_at"),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.callerId, t.idempotencyKey] }),
    index("api_answers_created_index").on(t.createdAt),
  ],
);
