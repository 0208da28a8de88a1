import type { Sql } from "postgres";
import { hotSql } from "@/db/client";
import { withHotTransaction } from "@/db/transaction";
import { eachWorkspace } from "@/server/platform/each-workspace";
import { newId } from "@/server/platform/ids";
import { settleLostCalls } from "./settle-lost-calls";

/**
 * Returns the requests of a workspace whose claims have ended to the queue, each with a line in its log. Those with a call
 * that nobody told the end of are left to `settleLostCalls`.
 */
export async function letGoEnded(sql: Sql, workspaceId: string): Promise<number> {
  const seen = await sql<{ id: string }[]>`
    select callback_id as id from callback_holds h where workspace_id = ${workspaceId} and until <= (select clock_now())
      -- counted, not joined: asked for the few holds that have ended, never of all attempts
      and (select count(*) from callback_attempts a where a.workspace_id = h.workspace_id and a.callback_id = h.callback_id
        and a.outcome is null and a.state <> 'unknown') = 0`;
  if (seen.length === 0) return 0;
  // The request is locked before its claim, as in `requireHold`; whose holder came back meanwhile keeps it.
  const ended = await sql<{ id: string }[]>`
    with locked as materialized (
      select id from callback_requests where workspace_id = ${workspaceId} and id = any(${seen.map(({ id }) => id)}::uuid[])
      order by id for update)
    delete from callback_holds h using locked
    where h.workspace_id = ${workspaceId} and h.callback_id = locked.id and until <= (select clock_now())
    returning callback_id as id`;
  if (ended.length === 0) return 0;
  await sql`
    with ended as (
      select * from unnest(${ended.map(({ id }) => id)}::uuid[], ${ended.map(() => newId())}::uuid[]) as e(id, activity_id)),
    returned as (
      update callback_requests r
      set status = case when r.assignee_id is null then 'pending' else 'assigned' end, version = r.version + 1,
        updated_at = (select clock_now())
      from ended where r.workspace_id = ${workspaceId} and r.id = ended.id and r.status = 'in_progress'
      returning r.id, r.status)
    insert into callback_activities (id, workspace_id, callback_id, kind, changes, actor_kind)
    select e.activity_id, ${workspaceId}, e.id, 'claim_ended', jsonb_build_object('status', r.status), 'system'
    from ended e join returned r using (id)`;
  return ended.length;
}

const MOST_WORKSPACES = 100;

/**
 * The same for every workspace: what a closed browser held comes back without anybody asking for it. One that breaks holds up
 * no other.
 */
export async function letGoEverywhere(): Promise<number> {
  const due = await hotSql()<{ workspaceId: string }[]>`
    select workspace_id as "workspaceId" from workspaces_with_ended_holds(${MOST_WORKSPACES})`;
  const { done } = await eachWorkspace("claims", due, async (_, { workspaceId }) => {
    const settled = await settleLostCalls(workspaceId);
    return settled + (await withHotTransaction(workspaceId, (sql) => letGoEnded(sql, workspaceId)));
  });
  return done;
}
