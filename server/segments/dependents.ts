import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";

/**
 * The segment itself and those whose rules lead to it, directly or through others: the tracked ones among them. A rule names
 * a segment by its id, which stands nowhere else in it.
 */
export async function trackedDependents(tx: Transaction, ctx: Context, id: string): Promise<string[]> {
  const rows = await tx.execute<{ id: string; tracked: boolean }>(sql`
    with recursive dependent as (
      select id, tracked from segments where workspace_id = ${ctx.workspaceId} and id = ${id} and deleted_at is null
      union
      select s.id, s.tracked from dependent d join segments s
        on s.workspace_id = ${ctx.workspaceId} and s.deleted_at is null and position(d.id::text in s.rule::text) > 0)
    select id, tracked from dependent`);
  return rows.filter((row) => row.tracked).map((row) => row.id);
}

export type Use = { kind: "segment" | "campaign"; id: string; name: string; status: string | null };

/** What uses a segment now: segments by their rules, campaigns that have not ended by their audiences. */
export async function usesOf(tx: Transaction, ctx: Context, id: string): Promise<Use[]> {
  const rows = await tx.execute<Use>(sql`
    select 'segment' as kind, id, name, null as status from segments
    where workspace_id = ${ctx.workspaceId} and deleted_at is null and id <> ${id} and position(${id} in rule::text) > 0
    union all
    select 'campaign', id, name, status from campaigns
    where workspace_id = ${ctx.workspaceId} and audience ->> 'kind' = 'segments' and position(${id} in audience::text) > 0
    order by kind desc, name, id`);
  return [...rows];
}

/** States in which a campaign still asks who is in its audience. */
const ended: ReadonlySet<string> = new Set(["completed", "cancelled", "failed"]);

/** Uses that a deletion would break. */
export const liveUses = (uses: readonly Use[]): Use[] =>
  uses.filter(({ status }) => status === null || !ended.has(status));
