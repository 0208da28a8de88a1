import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Presence } from "@/server/callbacks/status";
import type { Context } from "@/server/platform/context";
import { type Figures, figuresOf } from "./figures";
import { measure, noSums } from "./measure";
import { type Period, today } from "./period";
import { membersIn, type Scope } from "./scope";
import { enteredAt, inSet, openRequests } from "./sets";
import { type FloorSet, floorSets } from "./status";

export type FloorAgent = {
  membershipId: string;
  name: string;
  presence: Presence;
  /** ISO instant. */
  since: string | null;
  /** Requests given to them or in their hands. */
  open: number;
  capacity: number;
  /** The request in their hands. */
  holds: string | null;
  callsToday: number;
};

export type Board = {
  /** ISO instant at which it was counted. */
  at: string;
  zone: string;
  counts: Record<FloorSet, number>;
  /** ISO instant since which the first in line waits. */
  longestSince: string | null;
  /** Of targets that were settled in the last hour. */
  lastHour: { met: number; decided: number };
  today: Figures;
  /** Seconds of today. */
  availableSeconds: number;
  occupancy: number | null;
  agents: FloorAgent[];
};

/** The floor at this moment, as far as a scope reaches, counted from the rows. Viewers share it by `sharedBoard`. */
export async function countBoard(tx: Transaction, ctx: Context, scope: Scope): Promise<Board> {
  const day = await today(tx, ctx);
  const hourAgo = new Date(Date.parse(day.now) - 3_600_000).toISOString();
  const [all = { key: null, ...noSums, waits: { median: null, p90: null } }] = await measure(tx, ctx, {
    period: day,
    scope,
    by: null,
  });
  const [hour = noSums] = await measure(tx, ctx, { period: { ...day, from: hourAgo }, scope, by: null });
  const { longestSince, ...counts } = await countOpen(tx, ctx, scope);
  const availableSeconds = await timeAvailable(tx, ctx, { period: day, scope });
  const worked = all.handleSeconds;
  return {
    at: day.now,
    zone: day.zone,
    counts,
    longestSince,
    lastHour: { met: hour.attemptMet, decided: hour.attemptDecided },
    today: figuresOf(all),
    availableSeconds,
    occupancy: worked + availableSeconds === 0 ? null : worked / (worked + availableSeconds),
    agents: await readAgents(tx, ctx, { period: day, scope }),
  };
}

type Open = Record<FloorSet, number> & { longestSince: string | null };

async function countOpen(tx: Transaction, ctx: Context, scope: Scope): Promise<Open> {
  const counts = floorSets.map(
    (set) => sql`count(*) filter (where ${inSet[set]})::int as ${sql.identifier(set)}`,
  );
  const [row] = await tx.execute<Open>(sql`
    select ${sql.join(counts, sql`, `)},
      to_json(min(${enteredAt}) filter (where ${inSet.waiting})) #>> '{}' as "longestSince"
    from ${openRequests(ctx, scope)}`);
  return row ?? { waiting: 0, later: 0, in_hand: 0, due_soon: 0, breached: 0, longestSince: null };
}

type Worked = { period: Period; scope: Scope };

/** Nobody stays in one state for a week: what was before needs no look. */
const LONGEST_STATE = sql`interval '7 days'`;

async function timeAvailable(tx: Transaction, ctx: Context, { period, scope }: Worked): Promise<number> {
  const [row] = await tx.execute<{ seconds: number }>(sql`
    with states as (
      select presence, at, lead(at) over (partition by membership_id order by at, id) as until from presence_changes
      where workspace_id = ${ctx.workspaceId} and at >= ${period.from}::timestamptz - ${LONGEST_STATE}
        and ${membersIn(scope, sql`membership_id`)})
    select coalesce(sum(extract(epoch from least(coalesce(until, ${period.to}::timestamptz), ${period.to}::timestamptz)
      - greatest(at, ${period.from}::timestamptz))), 0)::float8 as seconds
    from states where presence = 'available' and at < ${period.to}::timestamptz
      and coalesce(until, ${period.to}::timestamptz) > ${period.from}::timestamptz`);
  return row?.seconds ?? 0;
}

/** Who takes calls: those at work first, by name. */
async function readAgents(tx: Transaction, ctx: Context, { period, scope }: Worked): Promise<FloorAgent[]> {
  const rows = await tx.execute<FloorAgent>(sql`
    select m.id as "membershipId", u.name, coalesce(a.presence, 'offline') as presence,
      to_json(a.presence_since) #>> '{}' as since, coalesce(o.open, 0)::int as open, coalesce(a.capacity, 5)::int as capacity,
      h.callback_id as holds, coalesce(t.calls, 0)::int as "callsToday"
    from memberships m join users u on u.id = m.user_id
    left join agents a on a.workspace_id = m.workspace_id and a.membership_id = m.id
    left join callback_holds h on h.workspace_id = m.workspace_id and h.membership_id = m.id and h.until > (select clock_now())
    left join (select assignee_id, count(*) as open from callback_requests
      where workspace_id = ${ctx.workspaceId} and status in ('pending', 'assigned', 'in_progress', 'scheduled')
        and assignee_id is not null group by 1) o on o.assignee_id = m.id
    left join (select membership_id, count(*) as calls from callback_attempts
      where workspace_id = ${ctx.workspaceId} and started_at >= ${period.from}::timestamptz group by 1) t
      on t.membership_id = m.id
    where m.workspace_id = ${ctx.workspaceId} and m.status = 'active'
      and (m.role in ('agent', 'advisor') or a.presence <> 'offline') and ${membersIn(scope, sql`m.id`)}
    order by coalesce(a.presence, 'offline') = 'offline', u.name, m.id limit 500`);
  return [...rows];
}
