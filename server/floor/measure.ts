import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { handler } from "@/server/callbacks";
import type { Context } from "@/server/platform/context";
import type { Period } from "./period";
import { membersIn, requestsIn, type Scope } from "./scope";
import type { ReportDimension } from "./status";

/** Plain sums, so that lines of a report add up to its total; rates are made of them in `figures.ts`. */
export type Sums = {
  offered: number;
  abandoned: number;
  attemptMet: number;
  attemptDecided: number;
  contactMet: number;
  contactDecided: number;
  connected: number;
  waitSeconds: number;
  attempts: number;
  connects: number;
  handleSeconds: number;
  /** Calls whose times are the agent's own word. */
  selfReported: number;
  closed: number;
  talked: number;
  resolved: number;
  firstTime: number;
  answers: number;
  stars: number;
  promises: number;
  kept: number;
};
export type Measured = Sums & { key: string | null; waits: { median: number | null; p90: number | null } };

export const noSums: Sums = {
  ...{ offered: 0, abandoned: 0, attemptMet: 0, attemptDecided: 0, contactMet: 0, contactDecided: 0 },
  ...{ connected: 0, waitSeconds: 0, attempts: 0, connects: 0, handleSeconds: 0, selfReported: 0 },
  ...{ closed: 0, talked: 0, resolved: 0, firstTime: 0, answers: 0, stars: 0, promises: 0, kept: 0 },
};

type Asked = { period: Period; scope: Scope; by: ReportDimension | null };

/**
 * What happened in a period, for each key of a dimension, or in all (`metrics.md`, Call centre). Each figure counts what fell
 * into the period: requests that entered, promises that were decided, calls that were made, requests that were closed.
 */
export async function measure(tx: Transaction, ctx: Context, asked: Asked): Promise<Measured[]> {
  const lines = new Map<string | null, Measured>();
  for (const query of [entered, decided, talkedTo, calls, closings, promised])
    for (const { key, median = null, p90 = null, ...sums } of await tx.execute<Fact>(query(ctx, asked))) {
      const line: Measured = lines.get(key) ?? { key, ...noSums, waits: { median: null, p90: null } };
      for (const [name, value] of Object.entries(sums)) line[name as keyof Sums] += Number(value);
      if (median !== null) line.waits = { median: Number(median), p90: Number(p90) };
      lines.set(key, line);
    }
  return [...lines.values()];
}

type Fact = { key: string | null; median?: number | null; p90?: number | null } & Partial<Sums>;

/** What a fact is counted under; `r` is its request, `at` its instant. */
function keyOf({ by, period }: Asked, at: SQL, member: SQL = handler): SQL {
  if (by === null) return sql`null::text`;
  if (by === "day") return sql`(${at} at time zone ${period.zone})::date::text`;
  if (by === "agent") return sql`(${member})::text`;
  if (by === "topic") return sql`r.request_type`;
  if (by === "campaign") return sql`r.campaign_id::text`;
  return sql`(select p.policy_id::text from sla_clocks p where p.workspace_id = r.workspace_id and p.callback_id = r.id
    and p.metric = 'first_attempt' and p.cycle = r.cycle)`;
}

const within = ({ period }: Asked, at: SQL): SQL =>
  sql`${at} >= ${period.from}::timestamptz and ${at} < ${period.to}::timestamptz`;

const own = (ctx: Context, { scope }: Asked): SQL =>
  sql`r.workspace_id = ${ctx.workspaceId} and ${requestsIn(scope)}`;

/** Requests that entered, and those of them that the customer took back before a talk. */
const entered = (ctx: Context, asked: Asked): SQL => sql`
  select ${keyOf(asked, sql`r.created_at`)} as key, count(*) as offered,
    count(*) filter (where r.status = 'cancelled' and r.contacted_at is null and exists (
      select from callback_activities l where l.workspace_id = r.workspace_id and l.callback_id = r.id
        and l.kind = 'cancelled' and l.detail ->> 'reason' = 'customer_withdrew')) as abandoned
  from callback_requests r where ${own(ctx, asked)} and ${within(asked, sql`r.created_at`)} group by 1`;

/**
 * Targets that were met or missed, at the instant at which that was settled: a miss at the due time, whenever somebody called.
 * What ended before its target without a call has neither met nor missed it, unless it expired.
 */
const decided = (ctx: Context, asked: Asked): SQL => {
  const at = sql`case when k.breached_at is not null then k.breached_at
    when k.status = 'running' then k.due_at else k.stopped_at end`;
  const reached = sql`case k.metric when 'first_attempt' then exists (select from callback_attempts a
      where a.workspace_id = r.workspace_id and a.callback_id = r.id and a.started_at = k.stopped_at)
    else r.contacted_at is not null and r.contacted_at = k.stopped_at end`;
  const count = (metric: string, what: SQL) => sql`count(*) filter (where metric = ${metric} and ${what})`;
  return sql`
    with settled as (
      select ${keyOf(asked, at)} as key, k.metric, k.breached_at is null and k.status = 'stopped' and ${reached} as met
      from sla_clocks k join callback_requests r on r.workspace_id = k.workspace_id and r.id = k.callback_id
      where k.workspace_id = ${ctx.workspaceId} and k.metric in ('first_attempt', 'first_contact')
        and ((k.breached_at is not null and ${within(asked, sql`k.breached_at`)})
          or (k.breached_at is null and k.status = 'running' and k.due_at < (select clock_now()) and ${within(asked, sql`k.due_at`)})
          or (k.breached_at is null and k.status = 'stopped' and ${within(asked, sql`k.stopped_at`)}
            and (${reached} or (r.status = 'expired' and k.cycle = r.cycle))))
        and ${requestsIn(asked.scope)})
    select key, ${count("first_attempt", sql`met`)} as "attemptMet", ${count("first_attempt", sql`true`)} as "attemptDecided",
      ${count("first_contact", sql`met`)} as "contactMet", ${count("first_contact", sql`true`)} as "contactDecided"
    from settled group by 1`;
};

/** First talks, and how long those customers had waited: from the start of the clock that the talk stopped. */
const talkedTo = (ctx: Context, asked: Asked): SQL => {
  const wait = sql`extract(epoch from r.contacted_at - k.started_at)`;
  return sql`
    select ${keyOf(asked, sql`r.contacted_at`)} as key, count(*) as connected, sum(${wait})::float8 as "waitSeconds",
      percentile_cont(0.5) within group (order by ${wait}) as median, percentile_cont(0.9) within group (order by ${wait}) as p90
    from callback_requests r
    join sla_clocks k on k.workspace_id = r.workspace_id and k.callback_id = r.id and k.metric = 'first_contact'
      and k.stopped_at = r.contacted_at
    where ${own(ctx, asked)} and r.contacted_at is not null and ${within(asked, sql`r.contacted_at`)} group by 1`;
};

/** Calls that were made, and the work on those that were answered; they belong to who made them. */
const calls = (ctx: Context, asked: Asked): SQL => {
  const answered = sql`filter (where a.outcome = 'connected')`;
  return sql`
    select ${keyOf(asked, sql`a.started_at`, sql`a.membership_id`)} as key, count(*) as attempts,
      count(*) ${answered} as connects,
      coalesce(sum(coalesce(a.talk_seconds, 0) + coalesce(a.hold_seconds, 0) + coalesce(a.wrap_up_seconds, 0)) ${answered}, 0)
        as "handleSeconds",
      count(*) filter (where a.outcome = 'connected' and a.self_reported) as "selfReported"
    from callback_attempts a join callback_requests r on r.workspace_id = a.workspace_id and r.id = a.callback_id
    where a.workspace_id = ${ctx.workspaceId} and ${within(asked, sql`a.started_at`)}
      and ${membersIn(asked.scope, sql`a.membership_id`)} group by 1`;
};

/** Requests that ended, how, and what their customers thought of it. */
const closings = (ctx: Context, asked: Asked): SQL => sql`
  with ended as (
    select ${keyOf(asked, sql`r.closed_at`)} as key, r.contacted_at is not null as talked, r.satisfaction,
      r.status = 'completed' and exists (select from dispositions d where d.workspace_id = r.workspace_id
        and d.key = r.disposition and d.resolved) as resolved,
      r.cycle = 1 and (select count(*) from callback_attempts a where a.workspace_id = r.workspace_id
        and a.callback_id = r.id and a.outcome = 'connected') = 1
        and not exists (select from callback_requests s where s.workspace_id = r.workspace_id and s.phone = r.phone
          and s.request_type = r.request_type and s.id <> r.id
          -- A relative on the same number asks for themselves.
          and (s.customer_id is null or r.customer_id is null or s.customer_id = r.customer_id) and s.created_at >= r.closed_at
          and s.created_at < r.closed_at + interval '7 days') as once
    from callback_requests r
    where ${own(ctx, asked)} and r.closed_at is not null and ${within(asked, sql`r.closed_at`)})
  select key, count(*) as closed, count(*) filter (where talked) as talked, count(*) filter (where resolved) as resolved,
    count(*) filter (where resolved and once) as "firstTime", count(satisfaction) as answers,
    coalesce(sum(satisfaction), 0) as stars
  from ended group by 1`;

/** Promised times that were kept or broken; one that was moved, or taken back before its end, is neither. */
const promised = (ctx: Context, asked: Asked): SQL => {
  const at = sql`coalesce(k.breached_at, case when k.status = 'running' then k.due_at else k.stopped_at end)`;
  const kept = sql`exists (select from callback_attempts a where a.workspace_id = r.workspace_id
    and a.callback_id = r.id and a.started_at = k.stopped_at)`;
  return sql`
    select ${keyOf(asked, at)} as key, count(*) as promises,
      count(*) filter (where k.breached_at is null and k.status = 'stopped') as kept
    from sla_clocks k join callback_requests r on r.workspace_id = k.workspace_id and r.id = k.callback_id
    where k.workspace_id = ${ctx.workspaceId} and k.metric = 'promise'
      and ((k.breached_at is not null and ${within(asked, sql`k.breached_at`)})
        or (k.breached_at is null and k.status = 'running' and k.due_at < (select clock_now()) and ${within(asked, sql`k.due_at`)})
        or (k.breached_at is null and k.status = 'stopped' and ${within(asked, sql`k.stopped_at`)} and ${kept}))
      and ${requestsIn(asked.scope)} group by 1`;
};
