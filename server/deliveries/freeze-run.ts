import { type SQL, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { runContentSchema } from "@/server/campaigns/content";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";

/** Members of a sealed batch: what a worker leases at once. */
const BATCH_SIZE = 1_000;
/** A larger audience gets a ledger part of its own (joints.md). */
const LARGEST_IN_SHARED_PART = 20_000;

type Run = {
  status: string;
  campaignStatus: string;
  campaignId: string;
  channel: "email" | "sms" | "whatsapp";
  audience: { kind: "all" } | { kind: "tier"; tiers: string[] };
  content: unknown;
  part: number | null;
  audienceSize: number | null;
};

export type FrozenRun = { part: number | null; audienceSize: number; status: string };

/**
 * Writes a run's executions, numbered 1 … n, and seals them in batches, in one transaction: the audience is as it stood at
 * that instant. Asking again changes nothing. A run whose campaign was cancelled meanwhile ends without executions.
 */
export async function freezeRun(ctx: Context, { runNumber }: { runNumber: number }): Promise<FrozenRun> {
  const found = await withTransaction(ctx, (tx) => findRun(tx, ctx, runNumber));
  // Made before: adding a partition locks the ledger, and must not do so for as long as a million inserts take.
  const part = found.status === "freezing" ? await choosePart(ctx, runNumber, found) : found.part;
  return withTransaction(ctx, async (tx) => {
    await tx.execute(sql`select from campaign_runs where number = ${runNumber} for update`);
    const run = await findRun(tx, ctx, runNumber);
    if (run.status !== "freezing" || part === null)
      return { part: run.part, audienceSize: run.audienceSize ?? 0, status: run.status };
    const cancelled = run.campaignStatus === "cancelled";
    const audienceSize = cancelled ? 0 : await writeExecutions(tx, ctx, { runNumber, part, run });
    if (audienceSize > 0) await sealBatches(tx, ctx, { runNumber, part, run, audienceSize });
    const status = cancelled ? "cancelled" : "active";
    await tx.execute(sql`
      update campaign_runs set status = ${status}, part = ${part}, audience_size = ${audienceSize}, frozen_at = clock_now()
      where number = ${runNumber}`);
    await bumpTopics(tx, ctx, "campaigns", `campaign:${run.campaignId}`);
    await tx.execute(sql`select pg_notify('ringback_batches', ${String(runNumber)})`);
    return { part, audienceSize, status };
  });
}

async function findRun(tx: Transaction, ctx: Context, runNumber: number): Promise<Run> {
  const [run] = await tx.execute<Run>(sql`
    select r.status, c.status as "campaignStatus", r.campaign_id as "campaignId", c.channels[1] as channel, c.audience, r.content, r.part,
      r.audience_size as "audienceSize"
    from campaign_runs r join campaigns c on c.id = r.campaign_id
    where r.number = ${runNumber} and r.workspace_id = ${ctx.workspaceId}`);
  return required(run, "campaign run");
}

function choosePart(ctx: Context, runNumber: number, run: Run): Promise<number> {
  return withTransaction(ctx, async (tx) => {
    const [count] = await tx.execute<{ size: number }>(
      sql`select count(*)::int as size from customers c where ${within(ctx, run)}`,
    );
    const own = (count?.size ?? 0) > LARGEST_IN_SHARED_PART;
    const [chosen] = await tx.execute<{ part: number }>(
      own
        ? sql`select run_ledger_part(${runNumber}) as part`
        : sql`select shared_ledger_part(clock_now()) as part`,
    );
    return required(chosen, "ledger part").part;
  });
}

type Freezing = { runNumber: number; part: number; run: Run };

/**
 * One execution for each customer; for promotion one for each address, the member of a family who may be sent it first.
 * Numbered in the order of the customers' ids, so that the ledger and the customers are read in the same order.
 */
async function writeExecutions(
  tx: Transaction,
  ctx: Context,
  { runNumber, part, run }: Freezing,
): Promise<number> {
  const { purpose } = runContentSchema.parse(run.content);
  const everyone = sql`select c.id from customers c where ${within(ctx, run)}`;
  const oneForEachAddress = sql`
    select distinct on (coalesce(nullif(lower(btrim(c.email)), ''), c.id::text)) c.id
    from customers c left join consent_states s on s.workspace_id = c.workspace_id and s.customer_id = c.id
      and s.channel = ${run.channel} and s.purpose = ${purpose}
    where ${within(ctx, run)}
    order by coalesce(nullif(lower(btrim(c.email)), ''), c.id::text), c.stop_state is not null,
      s.granted is not true, c.id`;
  const written = await tx.execute(sql`
    insert into executions (part, run_number, seq, workspace_id, customer_id, channel)
    select ${part}::int, ${runNumber}::bigint, row_number() over (order by id), ${ctx.workspaceId}::uuid, id, ${run.channel}
    from (${purpose === "promotional" ? oneForEachAddress : everyone}) audience`);
  return written.count;
}

async function sealBatches(
  tx: Transaction,
  ctx: Context,
  { runNumber, part, run, audienceSize }: Freezing & { audienceSize: number },
): Promise<void> {
  await tx.execute(sql`
    insert into execution_batches (run_number, batch_number, part, workspace_id, campaign_id, channel, first_seq, size)
    select ${runNumber}, n + 1, ${part}, ${ctx.workspaceId}, ${run.campaignId}, ${run.channel}, n * ${BATCH_SIZE} + 1,
      least(${BATCH_SIZE}, ${audienceSize} - n * ${BATCH_SIZE})
    from generate_series(0, (${audienceSize}::int - 1) / ${BATCH_SIZE}) n`);
}

/** The campaign's audience over `customers c`. */
function within(ctx: Context, { audience }: Run): SQL {
  const own = sql`c.workspace_id = ${ctx.workspaceId} and c.erased_at is null and c.erase_after is null`;
  return audience.kind === "all" ? own : sql`${own} and c.tier = any(${sql.param(audience.tiers)}::text[])`;
}
