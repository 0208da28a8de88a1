import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Transaction, withTransaction } from "@/db/transaction";
import { notify } from "@/server/notifications";
import { readClock } from "@/server/platform/clock";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { requireTaker } from "./assign";
import { type CallbackRow, changeCallback, dropHold, lockCallback } from "./change";
import { requireLead } from "./close";
import { requireHold, requireNoCall } from "./hold";
import { membersToTell } from "./members-to-tell";
import { movePresence } from "./presence";
import { callbackReaders, type Presence } from "./status";

export type PassTargets = {
  people: { id: string; name: string; presence: Presence }[];
  teams: { id: string; name: string; people: number }[];
};

/** Whom a request can be passed on to: everybody who takes calls, and teams with somebody in them. @throws AppError FORBIDDEN */
export function listPassTargets(ctx: Context): Promise<PassTargets> {
  requireRole(ctx, ...callbackReaders);
  return withTransaction(ctx, async (tx) => {
    const people = await tx.execute<PassTargets["people"][number]>(sql`
      select m.id, u.name, coalesce(a.presence, 'offline') as presence from memberships m join users u on u.id = m.user_id
      left join agents a on a.workspace_id = m.workspace_id and a.membership_id = m.id
      where m.workspace_id = ${ctx.workspaceId} and m.status = 'active' and m.role <> 'marketer'
        and m.id is distinct from ${ctx.membershipId}::uuid
      order by coalesce(a.presence, 'offline') = 'offline', lower(u.name), m.id limit 500`);
    const teams = await tx.execute<PassTargets["teams"][number]>(sql`
      select t.id, t.name, count(*)::int as people from teams t join team_members m on m.team_id = t.id
      where t.workspace_id = ${ctx.workspaceId} group by t.id, t.name order by lower(t.name), t.id limit 200`);
    return { people: [...people], teams: [...teams] };
  });
}

const note = z.string().trim().max(1_000, "Keep it under 1,000 characters.").default("");

export const passOnInput = z.object({
  callbackId: z.string(),
  /** The claim of the agent who passes it on; a supervisor or an administrator needs none. */
  generation: z.number().int().nullish(),
  to: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("person"), id: z.string() }),
    z.object({ kind: z.literal("team"), id: z.string() }),
  ]),
  note,
});
export type PassOnInput = z.input<typeof passOnInput>;

/**
 * Passes an open request on to a person, or to a team whose people alone are given it then. One line in the log; what was
 * promised stands, and no clock moves. @throws AppError CONFLICT `claim_ended`, `call_under_way`, `wrong_status`; FORBIDDEN; NOT_FOUND
 */
export function passOn(ctx: Context, input: PassOnInput): Promise<void> {
  const { callbackId, generation, to, note } = passOnInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const row = await take(tx, ctx, { callbackId, generation });
    const hears = to.kind === "person" ? [to.id] : await peopleOf(tx, ctx, to.id);
    if (to.kind === "person") await requireTaker(tx, ctx, to.id);
    await dropHold(tx, ctx, row.id);
    if (generation != null) await movePresence(tx, ctx, "available");
    await changeCallback(tx, ctx, {
      id: row.id,
      kind: "passed_on",
      set: {
        assignee_id: to.kind === "person" ? to.id : null,
        team_id: to.kind === "team" ? to.id : null,
        assigned_at: to.kind === "person" ? (await readClock(tx)).toISOString() : null,
        status: row.status === "scheduled" ? "scheduled" : to.kind === "person" ? "assigned" : "pending",
      },
      detail: { to: to.kind, fromMembership: ctx.membershipId },
      note,
    });
    await tellPeople(tx, ctx, hears, {
      callbackId,
      text: "A callback was passed on to you.",
      what: "passed_on",
    });
  });
}

export const raiseInput = z.object({ callbackId: z.string(), generation: z.number().int().nullish(), note });
export type RaiseInput = z.input<typeof raiseInput>;

/**
 * Asks the supervisors to look at a request: those of the agent's teams, else all of them. It stays where it is, and no clock
 * moves. @throws AppError CONFLICT `claim_ended`, `wrong_status`; FORBIDDEN; NOT_FOUND
 */
export function raiseCallback(ctx: Context, input: RaiseInput): Promise<void> {
  const { callbackId, generation, note } = raiseInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    if (generation != null) await requireHold(tx, ctx, { callbackId, generation });
    else requireLead(ctx);
    const row = await lockCallback(tx, ctx, { id: callbackId, verb: "edit" });
    await changeCallback(tx, ctx, { id: row.id, kind: "raised", set: {}, note });
    const supervisors = await membersToTell(tx, ctx, { callbackId: row.id, heard: "team_supervisor" });
    const hears = supervisors.filter((id) => id !== ctx.membershipId);
    await tellPeople(
      tx,
      ctx,
      hears.length > 0 ? hears : await membersToTell(tx, ctx, { callbackId: row.id, heard: "admin" }),
      { callbackId, text: "An agent asks you to look at a callback.", what: "raised" },
    );
  });
}

/** The request, out of the caller's hand or for who leads. */
async function take(
  tx: Transaction,
  ctx: Context,
  { callbackId, generation }: { callbackId: string; generation?: number | null | undefined },
): Promise<CallbackRow> {
  if (generation != null) await requireHold(tx, ctx, { callbackId, generation });
  else requireLead(ctx);
  const row = await lockCallback(tx, ctx, { id: callbackId, verb: "pass_on" });
  await requireNoCall(tx, ctx, { id: row.id });
  return row;
}

async function peopleOf(tx: Transaction, ctx: Context, teamId: string): Promise<string[]> {
  const [team] = await tx.execute<{ people: string[] }>(sql`
    select array(select m.membership_id from team_members m where m.team_id = t.id order by 1) as people
    from teams t where t.workspace_id = ${ctx.workspaceId} and t.id = ${parseId(teamId)}`);
  const { people } = required(team, "team");
  if (people.length > 0) return people;
  throw new AppError("BAD_INPUT", "Nobody is in this team. Choose another one.", { field: "to" });
}

async function tellPeople(
  tx: Transaction,
  ctx: Context,
  people: readonly string[],
  { callbackId, text, what }: { callbackId: string; text: string; what: string },
): Promise<void> {
  const [line] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from callback_activities
    where workspace_id = ${ctx.workspaceId} and callback_id = ${callbackId} and kind = ${what}`);
  await notify(
    tx,
    ctx,
    people.filter((id) => id !== ctx.membershipId),
    {
      kind: `callback_${what}`,
      subjectType: "callback",
      subjectId: callbackId,
      text,
      key: `${callbackId}:${what}:${line?.count ?? 0}`,
    },
  );
}
