import { sql } from "drizzle-orm";
import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";
import type { Sql } from "postgres";
import { database, hotSql } from "./client";
import { executePrepared } from "./execute-prepared";

/** A Drizzle transaction in which the workspace is set. Verbs take this, never the bare database. */
export type Transaction = Parameters<Parameters<PostgresJsDatabase["transaction"]>[0]>[0];

/** Whose rows a transaction may see. A null workspace sees global tables and the user's own memberships. */
export type Scope = { workspaceId: string | null; userId?: string | null };

/**
 * Runs `work` in one transaction with the workspace and user set for row-level security. Everything commits together
 * or not at all. Read-committed; errors of `work` and of the commit are thrown as they are.
 */
export function withTransaction<T>(scope: Scope, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return database().transaction(async (tx) => {
    // Sent ahead of the first statement of `work`, without waiting for its answer: a round trip less.
    const bound = executePrepared(
      tx,
      sql`select set_config('app.workspace_id', ${scope.workspaceId ?? ""}, true), set_config('app.user_id', ${scope.userId ?? ""}, true)`,
    );
    const [result] = await Promise.all([work(tx), bound]);
    return result;
  });
}

/**
 * Runs `work` in one hot transaction bound to the workspace. There is no variant on a reserved connection: when that one
 * breaks, postgres.js 3.4.9 never answers the query that would unbind it.
 */
export async function withHotTransaction<T>(workspaceId: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const result = await hotSql().begin(async (tx) => {
    // Sent ahead of the first statement of `work`, without waiting for its answer: a round trip less.
    const bound = tx`select set_config('app.workspace_id', ${workspaceId}, true)`.execute();
    const [result] = await Promise.all([work(tx as unknown as Sql), bound]);
    return result;
  });
  return result as T;
}
