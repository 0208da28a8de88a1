import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { type RunContent, runContentSchema } from "@/server/campaigns/content";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { channelsChosen, onceEach } from "./choose-audience";

const BATCH_SIZE = 1_000;

type Run = {
  part: number;
  campaignId: string;
  content: unknown;
  size: number;
  chosen: number;
};

/**
 * Makes the executions of those who waited for the winner of a run's test, with the variant that was chosen, numbered on
 * behind the others and sealed in batches of one channel. Once, however often it is asked; nothing for a campaign that was
 * ended meanwhile. Returns how many were made.
 */
export function sendRest(ctx: Context, { runNumber }: { runNumber: number }): Promise<number> {
  return withTransaction(ctx, async (tx) => {
    // The run's row keeps batch and sequence numbers apart, as for fall-backs and due messages.
    const [run] = await tx.execute<Run>(sql`
      select r.part, r.campaign_id as "campaignId", r.content, r.audience_size + r.held_out_size as size, t.chosen
      from campaign_runs r join campaigns c on c.id = r.campaign_id join run_tests t on t.run_number = r.number
      where r.number = ${runNumber} and r.workspace_id = ${ctx.workspaceId} and r.status = 'active'
        and c.status in ('active', 'paused') and t.state = 'chosen' and t.rest_begun_at is null and t.rest_size > 0
      for update of r, t`);
    if (!run) return 0;
    const content = runContentSchema.parse(run.content);
    const made = await writeRest(tx, ctx, { runNumber, run, content });
    if (made > 0) await sealRest(tx, ctx, { runNumber, run });
    await tx.execute(sql`
      update campaign_runs set audience_size = audience_size + ${made} where number = ${runNumber}`);
    await tx.execute(sql`update run_tests set rest_begun_at = clock_now() where run_number = ${runNumber}`);
    await tx.execute(sql`delete from run_rest_customers where run_number = ${runNumber}`);
    await bumpTopics(tx, ctx, "campaigns", `campaign:${run.campaignId}`);
    await tx.execute(sql`select pg_notify('ringback_batches', ${String(runNumber)})`);
    return made;
  });
}

type Writing = { runNumber: number; run: Run; content: RunContent };

async function writeRest(
  tx: Transaction,
  ctx: Context,
  { runNumber, run, content }: Writing,
): Promise<number> {
  await tx.execute(sql`set local work_mem = '128MB'`);
  const written = await tx.execute(sql`
    insert into ${sql.identifier(`executions_p${run.part}`)}
      (part, run_number, seq, workspace_id, customer_id, variant, channel)
    select ${run.part}::int, ${runNumber}::bigint, ${run.size}::int + row_number() over (order by channel, id),
      ${ctx.workspaceId}::uuid, id, ${run.chosen}::smallint, channel
    from (${await restOf(tx, ctx, { runNumber, run, content })}) rest`);
  return written.count;
}

/** The rest as rows of (id, channel): by the channel of the freeze, or by the winner's own order where that is what was tried. */
async function restOf(tx: Transaction, ctx: Context, { runNumber, run, content }: Writing) {
  if (content.abTest?.varies !== "channel")
    return sql`select customer_id as id, channel from run_rest_customers where run_number = ${runNumber}`;
  const channels = content.variants[run.chosen]?.channels ?? content.channels;
  const choice = await channelsChosen(tx, ctx, {
    campaignId: run.campaignId,
    content: { ...content, channels, variants: [], abTest: null },
    within: sql`customers.workspace_id = ${ctx.workspaceId} and customers.id in (
      select customer_id from run_rest_customers where run_number = ${runNumber})`,
  });
  if (content.purpose === "service") return choice;
  // Promotion goes once to an address, also to one that somebody in the test shares.
  return sql`select id, channel from (${onceEach(choice)}) once where coalesce(once.address, '') = '' or not exists (
    select from executions e join customers o on o.id = e.customer_id
    where e.part = ${run.part} and e.run_number = ${runNumber} and (e.channel = 'email') = (once.channel = 'email')
      and case e.channel when 'email' then lower(o.email) else o.phone end = once.address)`;
}

async function sealRest(tx: Transaction, ctx: Context, of: Omit<Writing, "content">): Promise<void> {
  const { runNumber, run } = of;
  await tx.execute(sql`
    insert into execution_batches (run_number, batch_number, part, workspace_id, campaign_id, channel, first_seq, size)
    select ${runNumber}, (select coalesce(max(batch_number), 0) from execution_batches where run_number = ${runNumber})
        + row_number() over (order by n, c.channel),
      ${run.part}, ${ctx.workspaceId}, ${run.campaignId}, c.channel, c.first + n * ${BATCH_SIZE},
      least(${BATCH_SIZE}, c.size - n * ${BATCH_SIZE})
    from (select channel, min(seq) as first, count(*)::int as size from executions
        where part = ${run.part} and run_number = ${runNumber} and seq > ${run.size} group by channel) c,
      generate_series(0, (c.size - 1) / ${BATCH_SIZE}) n`);
}
