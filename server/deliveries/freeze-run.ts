import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { audienceOf } from "@/server/campaigns/audience";
import { runContentSchema } from "@/server/campaigns/content";
import type { Audience } from "@/server/campaigns/schemas";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { chosenAudience, heldOut, isSimple } from "./choose-audience";
import { channelsOf } from "./choose-variant";
import { freezeTest } from "./freeze-test";

/** Members of a sealed batch: what a worker leases at once. */
const BATCH_SIZE = 1_000;
/** A larger audience gets a ledger part of its own (joints.md). */
const LARGEST_IN_SHARED_PART = 20_000;

type Run = {
  status: string;
  campaignStatus: string;
  campaignId: string;
  audience: Audience;
  holdOut: number;
  content: unknown;
  part: number | null;
  audienceSize: number | null;
};

export type FrozenRun = { part: number | null; audienceSize: number; status: string };

/**
 * Writes a run's executions, numbered 1 … n with a channel each, and seals them in batches of one channel, in one
 * transaction: the audience is as it stood at that instant. Asking again changes nothing. A run whose campaign was
 * cancelled meanwhile ends without executions.
 */
export async function freezeRun(ctx: Context, { runNumber }: { runNumber: number }): Promise<FrozenRun> {
  const shared = await sharedPart(ctx, runNumber);
  return withTransaction(ctx, async (tx) => {
    await tx.execute(sql`select from campaign_runs where number = ${runNumber} for update`);
    const run = await findRun(tx, ctx, runNumber);
    if (run.status !== "freezing")
      return { part: run.part, audienceSize: run.audienceSize ?? 0, status: run.status };
    const cancelled = run.campaignStatus === "cancelled";
    const part = shared ?? (await prepareOwnPart(tx, runNumber));
    const freezing = { runNumber, part, run };
    const written = cancelled ? { treated: 0, heldOut: 0 } : await writeExecutions(tx, ctx, freezing);
    const audienceSize = written.treated;
    if (shared === null) await tx.execute(sql`select attach_run_part(${runNumber})`);
    if (audienceSize > 0) await sealBatches(tx, ctx, freezing, audienceSize);
    const status = cancelled ? "cancelled" : "active";
    await tx.execute(sql`
      update campaign_runs set status = ${status}, part = ${part}, audience_size = ${audienceSize},
        held_out_size = ${written.heldOut}, frozen_at = clock_now()
      where number = ${runNumber}`);
    await bumpTopics(tx, ctx, "campaigns", `campaign:${run.campaignId}`);
    await tx.execute(sql`select pg_notify('ringback_batches', ${String(runNumber)})`);
    return { part, audienceSize, status };
  });
}

async function findRun(tx: Transaction, ctx: Context, runNumber: number): Promise<Run> {
  const [run] = await tx.execute<Run>(sql`
    select r.status, c.status as "campaignStatus", r.campaign_id as "campaignId", c.audience, c.hold_out as "holdOut", r.content, r.part,
      r.audience_size as "audienceSize"
    from campaign_runs r join campaigns c on c.id = r.campaign_id
    where r.number = ${runNumber} and r.workspace_id = ${ctx.workspaceId}`);
  return required(run, "campaign run");
}

/** The month's part for a small audience, made before the executions are written; null: the run gets its own. */
function sharedPart(ctx: Context, runNumber: number): Promise<number | null> {
  return withTransaction(ctx, async (tx) => {
    const run = await findRun(tx, ctx, runNumber);
    if (run.status !== "freezing") return run.part;
    const [count] = await tx.execute<{ size: number }>(sql`
      select count(*)::int as size from (
        select from customers where ${await audienceOf(tx, ctx, run.audience)} limit ${LARGEST_IN_SHARED_PART + 1}) few`);
    if ((count?.size ?? 0) > LARGEST_IN_SHARED_PART) return null;
    const [chosen] = await tx.execute<{ part: number }>(sql`select shared_ledger_part(clock_now()) as part`);
    return required(chosen, "ledger part").part;
  });
}

async function prepareOwnPart(tx: Transaction, runNumber: number): Promise<number> {
  const [made] = await tx.execute<{ part: number }>(sql`select prepare_run_part(${runNumber}) as part`);
  return required(made, "ledger part").part;
}

type Freezing = { runNumber: number; part: number; run: Run };

/**
 * One execution for each message of `chosenAudience`, numbered by channel, so that a batch is a range of one channel, and in
 * the order of the customers' ids, so that the ledger and the customers are read in the same order.
 */
async function writeExecutions(
  tx: Transaction,
  ctx: Context,
  { runNumber, part, run }: Freezing,
): Promise<{ treated: number; heldOut: number }> {
  const content = runContentSchema.parse(run.content);
  const simple = isSimple(content);
  const { campaignId, holdOut } = run;
  const audience = await chosenAudience(tx, ctx, { campaignId, audience: run.audience, content });
  // A large audience is sorted in memory, not on the disk. This transaction only.
  await tx.execute(sql`set local work_mem = '128MB'`);
  if (content.abTest) return freezeTest(tx, ctx, { runNumber, part, campaignId, holdOut, content, audience });
  // Straight into the part: routing a million rows through the parent costs a third more.
  const into = sql`insert into ${sql.identifier(`executions_p${part}`)}`;
  if (holdOut === 0) {
    const written = await tx.execute(sql`
      ${into} (part, run_number, seq, workspace_id, customer_id, channel)
      select ${part}::int, ${runNumber}::bigint, row_number() over (order by ${simple ? sql`id` : sql`channel, id`}),
        ${ctx.workspaceId}::uuid, id, channel
      from (${audience}) audience`);
    return { treated: written.count, heldOut: 0 };
  }
  // The hold-out comes last, so that a batch is a range of one channel all the same.
  const [counts] = await tx.execute<{ treated: number; heldOut: number }>(sql`
    with written as (
      ${into} (part, run_number, seq, workspace_id, customer_id, channel, arm)
      select ${part}::int, ${runNumber}::bigint, row_number() over (order by held, channel, id), ${ctx.workspaceId}::uuid, id,
        case when not held then channel end, case when held then 'held_out' else 'treated' end
      from (select a.id, a.channel, ${heldOut(run)} as held from (${audience}) a) audience
      returning arm)
    select count(*) filter (where arm = 'treated')::int as treated,
      count(*) filter (where arm = 'held_out')::int as "heldOut" from written`);
  return required(counts, "campaign run");
}

/** Batches of the channels take turns, so that each account has work from the start. */
async function sealBatches(
  tx: Transaction,
  ctx: Context,
  { runNumber, part, run }: Freezing,
  audienceSize: number,
): Promise<void> {
  const channels = channelsOf(runContentSchema.parse(run.content));
  // What one channel carries needs no count: it is everybody.
  const sizes =
    channels.length === 1
      ? sql`select ${channels[0]}::text as channel, 1 as first, ${audienceSize}::int as size`
      : sql`select channel, min(seq) as first, count(*)::int as size from executions
          where part = ${part} and run_number = ${runNumber} and channel is not null group by channel`;
  await tx.execute(sql`
    insert into execution_batches (run_number, batch_number, part, workspace_id, campaign_id, channel, first_seq, size)
    select ${runNumber}, row_number() over (order by n, c.channel), ${part}, ${ctx.workspaceId}, ${run.campaignId},
      c.channel, c.first + n * ${BATCH_SIZE}, least(${BATCH_SIZE}, c.size - n * ${BATCH_SIZE})
    from (${sizes}) c,
      generate_series(0, (c.size - 1) / ${BATCH_SIZE}) n`);
}
