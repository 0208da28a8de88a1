import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { listed } from "./rule/operator";

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

/**
 * All in which campaign `c` may name segments by their ids, as text; null where there is nothing: its audience, or, of an
 * automation, triggers and steps, also the steps of an earlier version that somebody is still inside.
 */
export const asking: SQL = sql`
  nullif(concat(
    case when c.audience ->> 'kind' = 'segments' then c.audience::text end,
    case when c.schedule ->> 'kind' = 'automated' then c.schedule::text || coalesce((
      select string_agg((r.content -> 'steps')::text, ' ') from campaign_runs r
      where r.workspace_id = c.workspace_id and r.campaign_id = c.id and r.live), '') end), '')`;

/** What uses a segment: segments by their rules, campaigns, ended ones too, by audience, triggers and steps. */
export async function usesOf(tx: Transaction, ctx: Context, id: string): Promise<Use[]> {
  const rows = await tx.execute<Use>(sql`
    select 'segment' as kind, id, name, null as status from segments
    where workspace_id = ${ctx.workspaceId} and deleted_at is null and id <> ${id} and position(${id} in rule::text) > 0
    union all
    select 'campaign', c.id, c.name, c.status from campaigns c
    where c.workspace_id = ${ctx.workspaceId} and position(${id} in ${asking}) > 0
    order by kind desc, name, id`);
  return [...rows];
}

/** States in which a campaign still asks who is in its audience. */
const ended: ReadonlySet<string> = new Set(["completed", "cancelled", "failed"]);

/** Uses that a deletion would break. */
export const liveUses = (uses: readonly Use[]): Use[] =>
  uses.filter(({ status }) => status === null || !ended.has(status));

/** Uses in words, the first five by name: `the campaign “Welcome” and the segment “Gold”`. */
export const namesOf = (uses: readonly Use[]): string =>
  listed(
    uses.slice(0, 5).map((use) => `the ${use.kind} “${use.name}”`),
    "and",
  ) + (uses.length > 5 ? ` and ${uses.length - 5} more` : "");
