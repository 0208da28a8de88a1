import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { appendClockEvents } from "./append-events";
import { type ChosenPolicy, currentPolicies, firstMatch, type PolicyFacts } from "./choose-policy";
import type { Metric } from "./status";

const PAGE = 200;

type OpenRequest = PolicyFacts & { id: string; cycle: number; priority: "high" | "medium" | "low" };
type Clock = {
  callbackId: string;
  metric: Metric;
  at: string;
  policyId: string;
  policyVersion: number;
  calendarId: string;
  calendarVersion: number;
  targetMs: number;
};

/**
 * Brings a page of open requests under the policies and calendars as they stand now: what has elapsed is kept, the due time is
 * counted from now (`sla.md`, retarget). Doing it again changes nothing. Returns where the next page begins, null at the end.
 */
export function retargetOpen(
  ctx: Context,
  { after }: { after: string | null },
): Promise<{ next: string | null; changed: number }> {
  return withTransaction(ctx, async (tx) => {
    const policies = await currentPolicies(tx, ctx);
    const requests = await tx.execute<OpenRequest>(sql`
      select id, cycle, priority, request_type as "requestType", urgency, tier, source, tags from callback_requests
      where workspace_id = ${ctx.workspaceId} and status in ('pending', 'assigned', 'in_progress', 'scheduled')
        and (${after}::uuid is null or id > ${after}::uuid)
      order by id limit ${PAGE} for update`);
    const clocks = await clocksOf(tx, ctx, requests);
    let changed = 0;
    for (const request of requests) {
      const policy = firstMatch(policies, request);
      const stale = clocks.filter(
        (clock) => clock.callbackId === request.id && !same(clock, policy, request),
      );
      if (stale.length > 0) changed++;
      await retarget(tx, ctx, { request, policy, clocks: stale });
    }
    if (changed > 0) await bumpTopics(tx, ctx, "callbacks");
    return { next: requests.length < PAGE ? null : (requests.at(-1)?.id ?? null), changed };
  });
}

const clocksOf = (tx: Transaction, ctx: Context, requests: readonly OpenRequest[]) =>
  tx.execute<Clock>(sql`
    select c.callback_id as "callbackId", c.metric, greatest(c.started_at, clock_now())::text as at,
      c.policy_id as "policyId", c.policy_version as "policyVersion", e.calendar_id as "calendarId",
      e.calendar_version as "calendarVersion", c.target_ms::float8 as "targetMs"
    from unnest(${sql.param(requests.map(({ id }) => id))}::uuid[], ${sql.param(requests.map(({ cycle }) => cycle))}::int[])
      as r(id, cycle)
    join sla_clocks c on c.workspace_id = ${ctx.workspaceId} and c.callback_id = r.id and c.cycle = r.cycle
    join lateral (select calendar_id, calendar_version from sla_events e where e.workspace_id = c.workspace_id
      and e.callback_id = c.callback_id and e.metric = c.metric and e.cycle = c.cycle and e.target_ms is not null
      order by e.at desc, e.sequence desc limit 1) e on true
    where c.status <> 'stopped' and c.metric <> 'promise' order by c.callback_id, c.metric`);

const targetOf = (metric: Metric, { definition }: ChosenPolicy, { priority }: OpenRequest): number => {
  const targets = definition.targets[priority];
  return 60_000 * (metric === "resolution" ? targets.resolutionMinutes : targets.firstAttemptMinutes);
};

const same = (clock: Clock, policy: ChosenPolicy, request: OpenRequest): boolean =>
  clock.policyId === policy.policyId &&
  clock.policyVersion === policy.policyVersion &&
  clock.calendarId === policy.calendarId &&
  clock.calendarVersion === policy.calendarVersion &&
  clock.targetMs === targetOf(clock.metric, policy, request);

type Retarget = { request: OpenRequest; policy: ChosenPolicy; clocks: readonly Clock[] };

async function retarget(tx: Transaction, ctx: Context, { request, policy, clocks }: Retarget): Promise<void> {
  const { policyId, policyVersion, calendarId, calendarVersion } = policy;
  await appendClockEvents(tx, ctx, {
    callbackId: request.id,
    cycle: request.cycle,
    events: clocks.map(({ metric, at }) => ({
      metric,
      kind: "retarget",
      at: new Date(at),
      targetMs: targetOf(metric, policy, request),
      policyId,
      policyVersion,
      calendarId,
      calendarVersion,
    })),
  });
}
