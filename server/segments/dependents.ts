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
 * Whether campaign `c` asks for a segment (its id as text): its audience does, or, of an automation, a trigger or a step, also
 * a step of an earlier version that somebody is still inside.
 */
export const asksFor = (id: SQL): SQL => sql`
  (c.audience ->> 'kind' = 'segments' and position(${id} in c.audience::text) > 0
    or c.schedule ->> 'kind' = 'automated' and (position(${id} in c.schedule::text) > 0
      or exists (select from campaign_runs r where r.workspace_id = c.workspace_id and r.campaign_id = c.id and r.live
        and position(${id} in (r.content -> 'steps')::text) > 0)))`;

/** What uses a segment: segments by their rules, campaigns, ended ones too, by audience, triggers and steps. */
export async function usesOf(tx: Transaction, ctx: Context, id: string): Promise<Use[]> {
  const rows = await tx.execute<Use>(sql`
    select 'segment' as kind, id, name, null as status from segments
    where workspace_id = ${ctx.workspaceId} and deleted_at is null and id <> ${id} and position(${id} in rule::text) > 0
    union all
    select 'campaign', c.id, c.name, c.status from campaigns c
    where c.workspace_id = ${ctx.workspaceId} and ${asksFor(sql`${id}::text`)}
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
