import type { Sql } from "postgres";
import { expect } from "vitest";
import { type ExecutionState, highestState } from "@/server/deliveries/status";
import type { Context } from "@/server/platform/context";
import { dayIn } from "@/server/platform/days";
import { campaignAnalytics } from "../campaign";
import { addCounts, type Counts, noCounts } from "../status";
import { workspacePeriod } from "../workspace";

/** Something that counts, at the moment at which it counts. */
type Moment = { campaignId: string; channel: string; at: Date; counts: Partial<Counts> };
type Told = { key: string; state: string; reason: string | null; at: Date; accepted: boolean; cost: string };
type Execution = { key: string; campaignId: string; channel: string };
type Reaction = { key: string; kind: string; at: Date };
type Credit = {
  run: string;
  customer: string;
  campaignId: string;
  channel: string;
  value: string;
  currency: string;
  at: Date;
};

/**
 * Everything that counts in a workspace, from plain reads of its raw rows: no roll-up, no `first` mark, no SQL aggregate. A
 * message is sent when it was first accepted, and is what its highest state says since it first said so; people count when
 * they first did it, customers at their first conversion of a run.
 */
async function momentsOf(owner: Sql, workspaceId: string): Promise<Moment[]> {
  const executions = await owner<Execution[]>`
    select e.run_number || ' ' || e.seq as key, r.campaign_id as "campaignId", e.channel
    from executions e join campaign_runs r on r.number = e.run_number where e.workspace_id = ${workspaceId} and e.channel is not null`;
  const told = await owner<Told[]>`
    select run_number || ' ' || seq as key, state, reason, at, state in ('sent', 'delivered') as accepted,
      coalesce(cost_micros, 0)::text as cost from execution_results where workspace_id = ${workspaceId}
    union all
    select run_number || ' ' || seq, case kind when 'read' then 'delivered' else kind end, null, received_at, true,
      coalesce(cost_micros, 0)::text
    from delivery_events where workspace_id = ${workspaceId} and counted and kind in ('delivered', 'read', 'bounced', 'failed')`;
  const reactions = await owner<Reaction[]>`
    select run_number || ' ' || seq as key, kind, occurred_at as at from delivery_events
    where workspace_id = ${workspaceId} and not machine
      and kind in ('opened', 'clicked', 'replied', 'unsubscribed', 'complained') order by occurred_at`;
  const toldOf = byKey(told);
  const reactionsOf = byKey(reactions);
  const moments = executions.flatMap(({ key, ...of }): Moment[] => {
    const own = toldOf.get(key) ?? [];
    const first = (rows: readonly { at: Date }[]) =>
      rows.toSorted((a, b) => a.at.getTime() - b.at.getTime())[0]?.at;
    const accepted = first(own.filter((each) => each.accepted));
    const state = highestState(own.map((each) => each.state as ExecutionState));
    const since = first(own.filter((each) => each.state === state));
    const did = reactionsOf.get(key) ?? [];
    const kinds = new Map(did.toReversed().map(({ kind, at }) => [kind, at]));
    const states: readonly string[] = ["delivered", "bounced", "failed", "skipped"];
    return [
      ...own.map(({ at, cost }) => ({ ...of, at, counts: { cost } })),
      ...(accepted ? [{ ...of, at: accepted, counts: { sent: 1 } }] : []),
      ...(since && states.includes(state) ? [{ ...of, at: since, counts: { [state]: 1 } }] : []),
      ...[...kinds].map(([kind, at]) => ({ ...of, at, counts: { [kind]: 1 } })),
    ];
  });
  return [...moments, ...(await creditsOf(owner, workspaceId))];
}

function byKey<Row extends { key: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const of = found.get(row.key);
    if (of) of.push(row);
    else found.set(row.key, [row]);
  }
  return found;
}

async function creditsOf(owner: Sql, workspaceId: string): Promise<Moment[]> {
  const credits = await owner<Credit[]>`
    select run_number as run, customer_id as customer, campaign_id as "campaignId", channel, value_micros::text as value, currency,
      occurred_at as at from conversions
    where workspace_id = ${workspaceId} and run_number is not null and discounted_for is null order by occurred_at, id`;
  const seen = new Set<string>();
  return credits.map(({ run, customer, campaignId, channel, value, currency, at }) => {
    const converted = Number(!seen.has(`${run} ${customer}`));
    seen.add(`${run} ${customer}`);
    const revenue = currency === "INR" ? value : "0";
    return { campaignId, channel, at, counts: { converted, conversions: 1, revenue } };
  });
}

const total = (moments: readonly Moment[]): Counts =>
  moments.reduce((sum, { counts }) => addCounts(sum, { ...noCounts, ...counts }), noCounts);

type Request = {
  campaignId: string | null;
  at: Date;
  status: string;
  contacted_at: string | null;
  conversion_value_micros: string | null;
};

/** The calls of a workspace as their logs tell them, line by line, and the ask that opened each. */
async function requestsOf(owner: Sql, workspaceId: string): Promise<Request[]> {
  const asks = await owner<{ id: string; campaignId: string | null; at: Date }[]>`
    select callback_id as id, campaign_id as "campaignId", at from callback_asks where workspace_id = ${workspaceId}
    order by at desc, id desc`;
  const lines = await owner<{ id: string; changes: Partial<Request> }[]>`
    select callback_id as id, changes from callback_activities where workspace_id = ${workspaceId} order by at, id`;
  return [...new Map(asks.map((ask) => [ask.id, ask])).values()].map(({ id, ...ask }) => ({
    ...{ status: "", contacted_at: null, conversion_value_micros: null },
    ...Object.assign({}, ...lines.filter((line) => line.id === id).map(({ changes }) => changes)),
    ...ask,
  }));
}

const open = ["pending", "assigned", "in_progress", "scheduled"];

/** The raw rows of a workspace, read once for several looks. */
export type Raw = { owner: Sql; ctx: Context; moments: Moment[]; requests: Request[] };

export const readRaw = async (owner: Sql, ctx: Context): Promise<Raw> => ({
  ...{ owner, ctx },
  moments: await momentsOf(owner, ctx.workspaceId),
  requests: await requestsOf(owner, ctx.workspaceId),
});

/** Days of a workspace's period, its campaigns' shares, what came before it, and its calls, against the raw rows. */
export async function expectPeriod(
  { ctx, moments, requests }: Raw,
  input: { days: number; until?: string },
): Promise<void> {
  const shown = await workspacePeriod(ctx, input);
  const { from, until, zone } = shown;
  const dayOf = ({ at }: { at: Date }) => dayIn(zone, at);
  const within = moments.filter((moment) => dayOf(moment) >= from && dayOf(moment) <= until);
  const previous = new Date(Date.parse(`${from}T00:00:00Z`) - input.days * 86_400_000)
    .toISOString()
    .slice(0, 10);
  expect(shown.before, `before ${from}`).toEqual(
    total(moments.filter((moment) => dayOf(moment) >= previous && dayOf(moment) < from)),
  );
  const keyOf = ({ campaignId, channel }: { campaignId: string; channel: string }) =>
    `${campaignId} ${channel}`;
  const listed = new Map(
    shown.shares.map((share) => [
      keyOf(share),
      Object.fromEntries(Object.keys(noCounts).map((name) => [name, share[name as keyof Counts]])),
    ]),
  );
  const expected = new Map(
    [...new Set(within.map(keyOf))].map((key) => [key, total(within.filter((each) => keyOf(each) === key))]),
  );
  expect(without(listed), `shares until ${until}`).toEqual(without(expected));
  const asked = requests.filter(
    (request) => request.campaignId !== null && dayOf(request) >= from && dayOf(request) <= until,
  );
  const values = asked.map((each) => BigInt(each.conversion_value_micros ?? 0));
  expect(shown.callbacks, `calls until ${until}`).toEqual({
    requested: asked.length,
    open: asked.filter(({ status }) => open.includes(status)).length,
    talked: asked.filter((each) => each.contacted_at !== null).length,
    converted: values.filter((value) => value > 0n).length,
    value: String(values.reduce((sum, value) => sum + value, 0n)),
  });
  for (const { at, callbacks, ...day } of shown.days) {
    const counts = total(within.filter((moment) => dayOf(moment) === at));
    expect({ callbacks, ...day }, at).toEqual({
      callbacks: asked.filter((each) => dayOf(each) === at).length,
      ...Object.fromEntries(Object.keys(day).map((name) => [name, counts[name as keyof Counts]])),
    });
  }
}

/** A share that came back to nothing, because what it counted is told otherwise now, may be listed or not. */
const without = (shares: Map<string, object>) =>
  new Map([...shares].filter(([, counts]) => JSON.stringify(counts) !== JSON.stringify(noCounts)));

const QUARTER_MS = 15 * 60_000;

/** What a campaign is compared with, against the raw rows of the others on its channels in 90 days. Returns whether there was any. */
export async function expectUsual({ owner, ctx, moments }: Raw, campaignId: string): Promise<boolean> {
  const { usual } = await campaignAnalytics(ctx, { campaignId });
  const [of] = await owner<{ channels: string[]; since: Date }[]>`
    select channels, clock_now() - interval '2160 hours' as since from campaigns where id = ${campaignId}`;
  const carriers = await owner<
    { id: string }[]
  >`select id from campaigns where answers or carries is not null`;
  const out = new Set([campaignId, ...carriers.map(({ id }) => id)]);
  const counted = total(
    moments.filter(
      ({ at, channel, ...moment }) =>
        !out.has(moment.campaignId) &&
        of?.channels.includes(channel) &&
        // As exactly as roll-ups keep time.
        Math.floor(at.getTime() / QUARTER_MS) * QUARTER_MS >= of.since.getTime(),
    ),
  );
  const expected = { ...counted, cost: "0", revenue: "0", conversions: 0 };
  expect(usual).toEqual(counted.sent > 0 ? expected : null);
  return usual !== null;
}
