import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { RunContent } from "@/server/campaigns/content";
import type { Channel } from "@/server/channels/status";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { channelChoice } from "./choose-channel";
import type { ExecutionKey } from "./public-id";

type Carried = {
  /** Which of the messages it is: its earlier words take no more messages. */
  kind: string;
  content: RunContent;
  customerId: string;
  /** Begins with the id of what it is about; the same occurrence is sent once. */
  occurrence: string;
};

export type CarriedMessage = ExecutionKey & { channel: Channel };

/**
 * Puts one message about a callback into the ledger, in the caller's transaction: an execution of a run that is kept open for
 * these words, sealed, decided and sent by the lease loop like every other one. Null when this occurrence was sent before, or
 * the customer is gone.
 */
export async function sendCarried(
  tx: Transaction,
  ctx: Context,
  carried: Carried,
): Promise<CarriedMessage | null> {
  const { content, customerId, occurrence } = carried;
  const run = await openRun(tx, ctx, carried);
  const choice = await channelChoice(tx, ctx, {
    channels: content.channels,
    purpose: content.purpose,
    within: sql`customers.workspace_id = ${ctx.workspaceId} and customers.id = ${customerId}::uuid and customers.erased_at is null`,
  });
  const [written] = await tx.execute<{ seq: number; channel: Channel }>(sql`
    with written as (
      insert into executions (part, run_number, seq, workspace_id, customer_id, occurrence, channel)
      select ${run.part}::int, ${run.number}::bigint, nextval('live_executions'), ${ctx.workspaceId}::uuid, id, ${occurrence}, channel
      from (${choice}) chosen
      on conflict (part, run_number, customer_id, occurrence, step) do nothing returning seq, channel),
    due as (
      insert into executions_due (part, run_number, seq, workspace_id, state, attempts, not_before)
      select ${run.part}, ${run.number}, seq, ${ctx.workspaceId}, 'pending', 0, clock_now() from written)
    select seq, channel from written`);
  return written ? { part: run.part, runNumber: run.number, ...written } : null;
}

/** The run that carries these words; what the same kind said before takes no more and ends when it has drained. */
async function openRun(
  tx: Transaction,
  ctx: Context,
  { kind, content }: Carried,
): Promise<{ number: number; part: number }> {
  const campaignId = await carrierOf(tx, ctx);
  const said = createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 24);
  const slot = `${kind}:${said}`;
  const [open] = await tx.execute<{ number: number; part: number }>(sql`
    select number::int as number, part from campaign_runs
    where campaign_id = ${campaignId} and slot = ${slot} and status = 'active' and live`);
  if (open) return open;
  const [run] = await tx.execute<{ number: number; part: number }>(sql`
    insert into campaign_runs (id, workspace_id, campaign_id, slot, part, status, content, live, audience_size, frozen_at)
    values (${newId()}, ${ctx.workspaceId}, ${campaignId}, ${slot}, shared_ledger_part(clock_now()), 'active',
      ${JSON.stringify(content)}::jsonb, true, 0, clock_now())
    on conflict (campaign_id, slot) do update set status = 'active', live = true, completed_at = null
    returning number::int as number, part`);
  const made = required(run, "campaign run");
  await tx.execute(sql`
    update campaign_runs set live = false
    where campaign_id = ${campaignId} and live and number <> ${made.number} and starts_with(slot, ${`${kind}:`})`);
  return made;
}

/** The one campaign of a workspace that carries what is said about callbacks; an administrator answers for it. */
async function carrierOf(tx: Transaction, ctx: Context): Promise<string> {
  const find = () =>
    tx.execute<{ id: string }>(sql`
      select id from campaigns
      where workspace_id = ${ctx.workspaceId} and carries = 'callbacks' and status in ('active', 'paused')`);
  const [known] = await find();
  if (known) return known.id;
  await tx.execute(sql`
    insert into campaigns (id, workspace_id, name, type, goal, status, category, carries, launched_at, owner_id)
    select ${newId()}, ${ctx.workspaceId}, 'Callback messages', 'retention', 'engagement', 'active', 'policy_service',
      'callbacks', clock_now(), m.user_id
    from memberships m where m.workspace_id = ${ctx.workspaceId} order by m.role <> 'admin', m.status <> 'active', m.id limit 1
    on conflict (workspace_id, carries) where carries is not null and status in ('active', 'paused') do nothing`);
  const [made] = await find();
  return required(made, "campaign").id;
}
