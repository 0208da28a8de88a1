import { sql } from "drizzle-orm";
import { campaignRuns } from "@/db/schema/campaigns";
import type { Transaction } from "@/db/transaction";
import type { RunContent } from "@/server/campaigns/content";
import type { Channel } from "@/server/channels/status";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import type { ExecutionKey } from "./public-id";

/** The category of what a person answers to a customer: no limit of messages a day keeps an answer back. */
export const ANSWER = "answer";

type Answer = {
  /** One that is active. */
  campaignId: string;
  /** Names the message in its campaign: the same one twice is one. */
  slot: string;
  content: RunContent;
  channel: Channel;
  customerId: string;
};

/**
 * Sends what a person answers to one customer, in the caller's transaction: a run of its campaign with one execution in one
 * sealed batch. A worker leases it, asks the rules and sends it like every other one. Null when the slot was used before.
 */
export async function sendAnswer(
  tx: Transaction,
  ctx: Context,
  answer: Answer,
): Promise<ExecutionKey | null> {
  const { campaignId, slot, content, channel, customerId } = answer;
  const [run] = await tx
    .insert(campaignRuns)
    .values({
      id: newId(),
      workspaceId: ctx.workspaceId,
      campaignId,
      slot,
      content,
      status: "active",
      part: sql<number>`shared_ledger_part(clock_now())`,
      audienceSize: 1,
      frozenAt: sql<Date>`clock_now()`,
    })
    .onConflictDoNothing({ target: [campaignRuns.campaignId, campaignRuns.slot] })
    .returning({ number: campaignRuns.number, part: campaignRuns.part });
  if (!run || run.part === null) return null;
  const { number: runNumber, part } = run;
  await tx.execute(sql`
    insert into executions (part, run_number, seq, workspace_id, customer_id, channel)
    values (${part}, ${runNumber}, 1, ${ctx.workspaceId}, ${customerId}, ${channel})`);
  await tx.execute(sql`
    insert into execution_batches (run_number, batch_number, part, workspace_id, campaign_id, channel, first_seq, size)
    values (${runNumber}, 1, ${part}, ${ctx.workspaceId}, ${campaignId}, ${channel}, 1, 1)`);
  await tx.execute(sql`select pg_notify('ringback_batches', ${String(runNumber)})`);
  return { part, runNumber, seq: 1 };
}
