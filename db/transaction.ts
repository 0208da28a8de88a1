import { sql } from "drizzle-orm";
import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";
import type { ReservedSql, Sql } from "postgres";
import { database, hotSql } from "./client";

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
    await tx.execute(
      sql`select set_config('app.workspace_id', ${scope.workspaceId ?? ""}, true), set_config('app.user_id', ${scope.userId ?? ""}, true)`,
    );
    return work(tx);
  });
}

/**
 * Runs `work` on one reserved hot connection whose session is bound to the workspace, so that a single statement is a
 * whole transaction. The binding is cleared before the connection goes back.
 */
export async function withHotConnection<T>(
  workspaceId: string,
  work: (sql: ReservedSql) => Promise<T>,
): Promise<T> {
  const connection = await hotSql().reserve();
  try {
    await connection`select set_config('app.workspace_id', ${workspaceId}, false)`;
    return await work(connection);
  } finally {
    // A broken connection cannot be cleared, and is not reused either.
    await connection`select set_config('app.workspace_id', '', false)`.catch(() => {});
    connection.release();
  }
}

/** Runs `work` in one hot transaction bound to the workspace. */
export async function withHotTransaction<T>(workspaceId: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const result = await hotSql().begin(async (tx) => {
    await tx`select set_config('app.workspace_id', ${workspaceId}, true)`;
    return work(tx as unknown as Sql);
  });
  return result as T;
}
