import { sql } from "drizzle-orm";
import { executePrepared } from "@/db/execute-prepared";
import type { Transaction } from "@/db/transaction";
import { audienceOf } from "@/server/campaigns/audience";
import type { RunContent } from "@/server/campaigns/content";
import type { Audience } from "@/server/campaigns/schemas";
import { channelChoice, heldOut } from "@/server/deliveries";
import { bumpTopicsSoon } from "@/server/platform/bump-soon";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import type { Candidate, Placed } from "./candidates";
import { holdBack } from "./hold-back";
import { lockAddresses, oncePerAddress, type Reached } from "./shared-address";

/** The version of an automation that lets customers in. */
export type Listening = {
  campaignId: string;
  runNumber: number;
  part: number;
  content: RunContent;
  audience: Audience;
  holdOut: number;
  againHours: number | null;
  eachPolicy: boolean;
  follows: boolean;
  triggers: Placed[];
};

const MOST_AT_ONCE = 1_000;

/**
 * Lets candidates in: those in the campaign's audience and the trigger's segments, once for each occurrence, and not again
 * within the campaign's time; promotion once for an address. Writes the entry, its first execution, and the row from which a worker seals it into a batch,
 * in the caller's transaction; of two at once for the same customer one waits and sees the other. Returns how many came in.
 */
export async function enter(
  tx: Transaction,
  ctx: Context,
  { automation, candidates }: { automation: Listening; candidates: readonly Candidate[] },
): Promise<number> {
  let entered = 0;
  try {
    // Before any row is locked that another one may wait for.
    if (candidates.length > MOST_AT_ONCE && automation.content.purpose === "promotional")
      await lockAddresses(tx, automation.campaignId);
    for (let at = 0; at < candidates.length; at += MOST_AT_ONCE)
      entered += await enterSome(tx, ctx, automation, candidates.slice(at, at + MOST_AT_ONCE));
  } catch (error) {
    // An event must be taken in, whatever has become of the segments that an automation asks for.
    if (!(error instanceof AppError) || error.details.code !== "broken_segment") throw error;
    await holdBack(tx, ctx, automation.campaignId, error.message);
  }
  if (entered > 0) bumpTopicsSoon(ctx.workspaceId, "campaigns", `campaign:${automation.campaignId}`);
  return entered;
}

async function enterSome(
  tx: Transaction,
  ctx: Context,
  automation: Listening,
  some: readonly Candidate[],
): Promise<number> {
  const { campaignId, runNumber, part, content, holdOut, againHours, eachPolicy } = automation;
  const found = await inSegments(tx, ctx, automation, some);
  if (found.length === 0) return 0;
  const within = await audienceOf(tx, ctx, automation.audience, [
    ...new Set(found.map(({ customerId }) => customerId)),
  ]);
  const choice = await channelChoice(tx, ctx, { ...content, within });
  const given =
    content.purpose === "promotional"
      ? await oncePerAddress(tx, ctx, {
          ...{ campaignId, againHours, candidates: found },
          reached: await tx.execute<Reached>(choice),
        })
      : found;
  const held = holdOut > 0 ? heldOut({ campaignId, holdOut }) : sql`false`;
  const subject = eachPolicy ? sql`coalesce("policyId"::text, '')` : sql`''`;
  const [row] = await executePrepared<{ entered: number }>(
    tx,
    sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as r (place smallint, "customerId" uuid,
        occurrence text, "policyId" uuid, "aboutDate" date, "eventId" uuid, at timestamptz)),
    chosen as materialized (select a.id, a.channel, ${held} as held from (${choice}) a),
    fresh as (
      select g.*, ${subject} as subject, c.channel, c.held from given g join chosen c on c.id = g."customerId"
      where not exists (select from automation_entries e where e.campaign_id = ${campaignId}
        and e.customer_id = g."customerId" and e.occurrence = g.occurrence)),
    one_each as (
      select distinct on (${againHours === 0 ? sql`"customerId", occurrence` : sql`"customerId", subject`}) * from fresh
      order by ${againHours === 0 ? sql`"customerId", occurrence` : sql`"customerId", subject, at, occurrence`}),
    let_in as (
      insert into automation_entrants (campaign_id, customer_id, subject, workspace_id)
      select distinct ${campaignId}::uuid, "customerId", subject, ${ctx.workspaceId}::uuid from one_each order by 2, 3
      on conflict (campaign_id, customer_id, subject) do update set entered_at = excluded.entered_at
      where ${againHours === null ? sql`false` : sql`automation_entrants.entered_at <= clock_now() - ${againHours} * interval '1 hour'`}
      returning customer_id, subject),
    entered as (
      insert into automation_entries (campaign_id, customer_id, occurrence, workspace_id, run_number, seq, place, policy_id,
        about_date, event_id, status, ended_at)
      select ${campaignId}, o."customerId", o.occurrence, ${ctx.workspaceId}, ${runNumber}, nextval('live_executions'),
        o.place, o."policyId", o."aboutDate", o."eventId",
        ${automation.follows ? sql`case when o.held then 'finished' else 'inside' end` : sql`'finished'`},
        ${automation.follows ? sql`case when o.held then clock_now() end` : sql`clock_now()`}
      from one_each o join let_in l on l.customer_id = o."customerId" and l.subject = o.subject
      order by o.at, o.occurrence
      on conflict (campaign_id, customer_id, occurrence) do nothing
      returning customer_id, occurrence, seq),
    messages as (
      select e.*, c.channel, c.held from entered e join chosen c on c.id = e.customer_id),
    written as (
      insert into executions (part, run_number, seq, workspace_id, customer_id, occurrence, channel, arm)
      select ${part}::int, ${runNumber}::bigint, seq, ${ctx.workspaceId}::uuid, customer_id, occurrence,
        case when not held then channel end, case when held then 'held_out' else 'treated' end from messages),
    waiting as (
      insert into executions_due (part, run_number, seq, workspace_id, state, attempts, not_before)
      select ${part}::int, ${runNumber}::bigint, seq, ${ctx.workspaceId}::uuid, 'pending', 0, clock_now()
      from messages where not held),
    followed as (
      insert into outbox (workspace_id, event_id, name, data)
      select ${ctx.workspaceId}, ${`${ctx.workspaceId}:automation/entered:${runNumber}:`} || seq || ':1', 'automation/entered',
        jsonb_build_object('workspaceId', ${ctx.workspaceId}::text, 'campaignId', ${campaignId}::text, 'customerId', customer_id,
          'runNumber', ${runNumber}::int, 'seq', seq, 'part', 1,
          'entry', ${String(runNumber)}::text || ':' || seq)
      from messages where not held and ${automation.follows} on conflict (event_id) do nothing),
    apart as (
      update campaign_runs set held_out_size = held_out_size + (select count(*) from messages where held)
      where number = ${runNumber} and exists (select from messages where held))
    select count(*)::int as entered from entered`,
  );
  return row?.entered ?? 0;
}

/** Those whose trigger asks for no segment, or who are in one of its segments. */
export async function inSegments(
  tx: Transaction,
  ctx: Context,
  { triggers }: Pick<Listening, "triggers">,
  candidates: readonly Candidate[],
): Promise<Candidate[]> {
  const kept: Candidate[] = [];
  for (const { place, trigger } of triggers) {
    const own = candidates.filter((candidate) => candidate.place === place);
    if (own.length === 0 || trigger.segments.length === 0) {
      kept.push(...own);
      continue;
    }
    const audience = { kind: "segments" as const, include: trigger.segments, exclude: [] };
    const ids = [...new Set(own.map(({ customerId }) => customerId))];
    const within = await audienceOf(tx, ctx, audience, ids);
    const rows = await tx.execute<{ id: string }>(sql`select customers.id from customers where ${within}`);
    const found = new Set(rows.map(({ id }) => id));
    kept.push(...own.filter(({ customerId }) => found.has(customerId)));
  }
  return kept;
}
