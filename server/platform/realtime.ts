import { sql } from "drizzle-orm";
import { executePrepared } from "@/db/execute-prepared";
import type { Transaction } from "@/db/transaction";
import type { Context } from "./context";

/**
 * Raises the version of topics (`campaigns`, `campaign:<id>`, `imports`, …) with this transaction's commit; open tabs
 * re-read what they show. One row and one notification a topic a transaction; hot writers bump from a coalescing timer.
 */
export async function bumpTopics(tx: Transaction, ctx: Context, ...topics: string[]): Promise<void> {
  // Sorted, so that two transactions never lock two topics in opposite orders.
  const names = [...new Set(topics)].sort();
  await executePrepared(
    tx,
    sql`
    with bumped as (
      insert into topic_versions (workspace_id, topic, version)
      select ${ctx.workspaceId}::uuid, name, 1 from unnest(${sql.param(names)}::text[]) as t(name)
      on conflict (workspace_id, topic) do update set version = topic_versions.version + 1
      returning topic, version)
    select pg_notify('ringback_topics', ${ctx.workspaceId} || ' ' || topic || ' ' || version) from bumped`,
  );
}
