import { sql } from "drizzle-orm";
import { hotSql } from "@/db/client";
import { type Transaction, withTransaction } from "@/db/transaction";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { eachWorkspace } from "@/server/platform/each-workspace";
import { changeCallback } from "./change";
import { type Asking, type Candidate, chooseAgent } from "./choose-agent";
import type { AssignmentPolicy } from "./status";

const MOST_WORKSPACES = 100;
const MOST_AT_ONCE = 200;

/** Where the passes begin: before the first workspace. */
const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

/**
 * Gives out what waits in workspaces whose policy does so: those after `after` in the order of their ids, and from the first
 * one on again. One that breaks holds up no other. Returns how many requests found somebody, and where the next pass goes on.
 */
export async function assignEverywhere(
  after: string | null = null,
): Promise<{ given: number; after: string | null }> {
  const due = await hotSql()<{ workspaceId: string }[]>`
    select workspace_id as "workspaceId"
    from workspaces_with_callbacks_to_assign(${MOST_WORKSPACES}, ${after ?? BEFORE_ALL})`;
  const { done } = await eachWorkspace("assignment", due, assignWaiting);
  return { given: done, after: due.at(-1)?.workspaceId ?? null };
}

/**
 * Gives the most urgent waiting requests to those at work who have room, by the workspace's policy; what such a pass gave to
 * somebody who has gone offline comes back first. What a person gave stays where they put it. Returns how many were given.
 */
export function assignWaiting(ctx: Context): Promise<number> {
  return withTransaction(ctx, async (tx) => {
    const settings = await readPolicy(tx, ctx);
    if (settings === null) return 0;
    await takeBack(tx, ctx);
    const agents = await atWork(tx, ctx);
    const room = agents.reduce((sum, { capacity, load }) => sum + Math.max(0, capacity - load), 0);
    if (room === 0) return 0;
    const now = await readClock(tx);
    let given = 0;
    for (const { id, ...asking } of await waiting(tx, ctx, Math.min(room, MOST_AT_ONCE))) {
      const agent = chooseAgent(settings, asking, agents);
      if (!agent) continue;
      agent.load++;
      agent.lastAt = now.getTime() + given / 1_000;
      const at = inTurn(now, given);
      given++;
      await changeCallback(tx, ctx, {
        id,
        kind: "assigned",
        set: { assignee_id: agent.membershipId, assigned_at: at, status: "assigned" },
        detail: { by: settings.sticky && agent.membershipId === asking.knownTo ? "sticky" : settings.policy },
      });
    }
    return given;
  });
}

/** What is given in one pass is given in an order: a microsecond apart, so that the next pass knows whose turn it is. */
const inTurn = (now: Date, place: number): string =>
  now.toISOString().replace("Z", `${String(place).padStart(3, "0")}Z`);

type Settings = { policy: AssignmentPolicy; sticky: boolean };

/** The policy, for the one pass that a workspace has at a time; null while another has it, or where people give out. */
async function readPolicy(tx: Transaction, ctx: Context): Promise<Settings | null> {
  const [row] = await tx.execute<Settings & { mine: boolean }>(sql`
    select assignment_policy as policy, assignment_sticky as sticky,
      pg_try_advisory_xact_lock(hashtext(${`assignment ${ctx.workspaceId}`})) as mine
    from workspaces where id = ${ctx.workspaceId}`);
  if (!row?.mine || row.policy === "by_hand") return null;
  return { policy: row.policy, sticky: row.sticky };
}

async function takeBack(tx: Transaction, ctx: Context): Promise<void> {
  const rows = await tx.execute<{ id: string }>(sql`
    select r.id from callback_requests r
    left join agents a on a.workspace_id = r.workspace_id and a.membership_id = r.assignee_id
    where r.workspace_id = ${ctx.workspaceId} and r.status = 'assigned' and coalesce(a.presence, 'offline') = 'offline'
      and (select l.actor_kind from callback_activities l where l.workspace_id = r.workspace_id and l.callback_id = r.id
        and l.kind = 'assigned' order by l.id desc limit 1) = 'system'
    order by r.id limit ${MOST_AT_ONCE} for update of r skip locked`);
  for (const { id } of rows)
    await changeCallback(tx, ctx, {
      id,
      kind: "unassigned",
      set: { assignee_id: null, assigned_at: null, status: "pending" },
      detail: { reason: "offline" },
    });
}

async function atWork(tx: Transaction, ctx: Context): Promise<Candidate[]> {
  const rows = await tx.execute<Candidate>(sql`
    select a.membership_id as "membershipId", a.capacity::int as capacity, a.skills, a.languages,
      array(select t.team_id from team_members t where t.membership_id = a.membership_id order by 1) as teams,
      (select count(*)::int from callback_requests r where r.workspace_id = a.workspace_id
        and r.assignee_id = a.membership_id and r.status in ('pending', 'assigned', 'in_progress', 'scheduled'))
      + (select count(*)::int from callback_holds h join callback_requests r on r.id = h.callback_id
        where h.workspace_id = a.workspace_id and h.membership_id = a.membership_id and h.until > (select clock_now())
          and r.assignee_id is distinct from a.membership_id) as load,
      (select extract(epoch from max(r.assigned_at)) * 1000 from callback_requests r
        where r.workspace_id = a.workspace_id and r.assignee_id = a.membership_id)::float8 as "lastAt"
    from agents a join memberships m on m.id = a.membership_id and m.status = 'active' and m.role <> 'marketer'
    where a.workspace_id = ${ctx.workspaceId} and a.presence in ('available', 'on_call', 'wrap_up')
    order by a.membership_id`);
  return [...rows];
}

const waiting = (tx: Transaction, ctx: Context, most: number) =>
  tx.execute<Asking & { id: string }>(sql`
    select r.id, r.request_type as "requestType", r.language, r.team_id as "teamId",
      (select a.membership_id from callback_attempts a join callback_requests o on o.id = a.callback_id
        where a.workspace_id = r.workspace_id and o.workspace_id = r.workspace_id and o.phone = r.phone
          and a.outcome = 'connected' order by a.started_at desc limit 1) as "knownTo"
    from callback_requests r
    where r.workspace_id = ${ctx.workspaceId} and r.status = 'pending' and r.assignee_id is null
      and r.not_before <= (select clock_now())
    order by r.order_key desc, r.created_at, r.id limit ${most} for update of r skip locked`);
