import { type SQL, sql } from "drizzle-orm";
import type { Context } from "@/server/platform/context";

/** Who works, or worked last, on the request `r`: whom it is given to, who holds it, who tried it last. */
export const handler = sql`coalesce(r.assignee_id,
  (select h.membership_id from callback_holds h where h.workspace_id = r.workspace_id and h.phone = r.phone
    and h.callback_id = r.id and h.until > (select clock_now())),
  (select t.membership_id from callback_attempts t where t.workspace_id = r.workspace_id and t.callback_id = r.id
    order by t.started_at desc, t.id desc limit 1))`;

/**
 * Which requests (`r`) someone sees: administrators all of the workspace; a supervisor those of the own teams' people, and what
 * waits for those teams or for nobody in particular, or all without a team, as on the floor; an agent those that wait for
 * anybody, and the own ones, as long as they last and afterwards; an advisor those of the own book (`joints.md`, roles).
 */
export function inReach(ctx: Context): SQL {
  const all = sql`r.workspace_id = ${ctx.workspaceId}`;
  const own = sql`r.assignee_id = ${ctx.membershipId} or ${heldByMe(ctx)} or exists (
    select from callback_attempts a where a.workspace_id = r.workspace_id and a.callback_id = r.id
      and a.membership_id = ${ctx.membershipId})`;
  if (ctx.role === "agent")
    return sql`${all} and ((r.assignee_id is null and r.closed_at is null
      and (r.team_id is null or r.team_id in (select t.team_id from team_members t
        where t.workspace_id = r.workspace_id and t.membership_id = ${ctx.membershipId}))) or ${own})`;
  if (ctx.role === "advisor")
    return sql`${all} and (${own} or exists (select from customers b where b.id = r.customer_id
      and b.workspace_id = r.workspace_id and b.advisor_id = ${ctx.membershipId} and b.erased_at is null))`;
  if (ctx.role === "supervisor") return sql`${all} and ${inTeamsOf(ctx)}`;
  return all;
}

function inTeamsOf(ctx: Context): SQL {
  const led = sql`select s.team_id from team_members s
    where s.workspace_id = ${ctx.workspaceId} and s.membership_id = ${ctx.membershipId} and s.is_supervisor`;
  return sql`(not exists (${led}) or case when ${handler} is null then r.team_id is null or r.team_id in (${led})
    else ${handler} in (select m.membership_id from team_members m where m.team_id in (${led})) end)`;
}

/** The caller's live claim on the request `r`. */
export const heldByMe = (ctx: Context): SQL => sql`exists (
  select from callback_holds mine where mine.workspace_id = r.workspace_id and mine.callback_id = r.id
    and mine.membership_id = ${ctx.membershipId} and mine.until > (select clock_now()))`;

/** The clocks (`k`) that a request `r` is measured by now: those of its cycle, and of its latest promise. */
export const currentClock = sql`k.workspace_id = r.workspace_id and k.callback_id = r.id
  and ((k.metric in ('first_attempt', 'resolution') and k.cycle = r.cycle)
    or (k.metric = 'promise' and k.cycle = r.slots))`;

/**
 * Overdue (of `r`): a fact of the clock, never stored (`sla.md`). A call, a solution or a promised time is due and has not
 * come; a clock that stands still is not overdue.
 */
export const isOverdue = sql`exists (select from sla_clocks k where ${currentClock}
  and k.status = 'running' and k.due_at < (select clock_now()))`;
