import { sql as query } from "drizzle-orm";
import type { Sql } from "postgres";
import { withHotTransaction, withTransaction } from "@/db/transaction";
import { type CampaignStatus, campaignBuilders, transitionOf } from "@/server/campaigns/status";
import { recordHotAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError, notFound, required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { decodePublicId } from "./public-id";
import { nothingMore, type ResultRow } from "./record-results";
import type { RunKey } from "./recounting";
import { requireCampaignReader } from "./require-reader";
import { type SettleInput, settleInput } from "./schemas";
import { seqsOfUnknown, settleRows } from "./settle";

/**
 * A person's word on messages whose outcome is unknown, from the provider's own record: they were sent, or were not, or they
 * are to be sent once more. Returns how many. @throws AppError FORBIDDEN; NOT_FOUND for a message that is not of this
 * campaign; CONFLICT for sending again what was cancelled
 */
export async function settleUnknown(ctx: Context, input: SettleInput): Promise<number> {
  requireRole(ctx, ...campaignBuilders);
  const { campaignId, outcome, publicId } = settleInput.parse(input);
  await withTransaction(ctx, (tx) => requireCampaignReader(tx, ctx, campaignId));
  const only = publicId === undefined ? null : decodePublicId(publicId);
  if (publicId !== undefined && only === null) throw notFound("message");
  const runs = await runsOf(ctx, campaignId);
  if (only && !runs.some((run) => run.runNumber === only.runNumber)) throw notFound("message");
  const settled = await withHotTransaction(ctx.workspaceId, async (tx) => {
    if (outcome === "again") await requireOpen(tx, ctx, campaignId);
    let count = 0;
    for (const run of runs)
      if (!only || only.runNumber === run.runNumber)
        count += await settleRun(tx, run, { outcome, seq: only?.seq });
    if (outcome === "again") await reopen(tx, ctx, campaignId);
    if (count > 0)
      await recordHotAudit(tx, ctx, {
        action: "campaign.unknown_settled",
        subjectType: "campaign",
        subjectId: campaignId,
        after: { outcome, messages: count },
      });
    return count;
  });
  if (settled > 0)
    await withTransaction(ctx, (tx) => bumpTopics(tx, ctx, "campaigns", `campaign:${campaignId}`));
  return settled;
}

/**
 * Completed runs with something to send again are active again, and so is their campaign if it had completed; in the
 * transaction that put the messages there, so that nothing completes them in between. One that was ended stays ended.
 */
async function reopen(sql: Sql, ctx: Context, campaignId: string): Promise<void> {
  const reopened = await sql`
    update campaign_runs r set status = 'active', completed_at = null
    where r.campaign_id = ${campaignId} and r.workspace_id = ${ctx.workspaceId} and r.status = 'completed'
      and exists (select from executions_due d where d.run_number = r.number) returning r.number`;
  if (reopened.length === 0) return;
  // A recurring campaign goes on while its runs complete: it is active or paused, and stays so.
  const moved = await sql`
    update campaigns set status = 'active', completed_at = null, updated_at = clock_now()
    where id = ${campaignId} and workspace_id = ${ctx.workspaceId} and status = 'completed' returning id`;
  if (moved.length > 0)
    await recordHotAudit(sql, ctx, {
      action: "campaign.reopened",
      subjectType: "campaign",
      subjectId: campaignId,
      before: { status: "completed" },
      after: { status: "active" },
    });
}

/** @throws AppError CONFLICT unless the campaign goes on or may be taken up again */
async function requireOpen(sql: Sql, ctx: Context, campaignId: string): Promise<void> {
  // Runs before their campaign, as `completeRun` locks them.
  await sql`
    select from campaign_runs where campaign_id = ${campaignId} and workspace_id = ${ctx.workspaceId}
      and part is not null order by number for update`;
  const [found] = await sql<{ status: CampaignStatus }[]>`
    select status from campaigns where id = ${campaignId} and workspace_id = ${ctx.workspaceId} for update`;
  const { status } = required(found, "campaign");
  if (status === "active" || status === "paused" || transitionOf("reopen").from.includes(status)) return;
  throw new AppError("CONFLICT", "This campaign was ended, so nothing of it can be sent again.", {
    code: "wrong_status",
    status,
  });
}

/** The campaign's frozen runs. */
function runsOf(ctx: Context, campaignId: string): Promise<RunKey[]> {
  return withTransaction(ctx, async (tx) => {
    const rows = await tx.execute<RunKey>(query`
      select part, number::int as "runNumber", workspace_id as "workspaceId", campaign_id as "campaignId"
      from campaign_runs
      where campaign_id = ${parseId(campaignId)} and workspace_id = ${ctx.workspaceId} and part is not null`);
    return [...rows];
  });
}

type Word = { outcome: SettleInput["outcome"]; seq: number | undefined };

async function settleRun(sql: Sql, run: RunKey, { outcome, seq }: Word): Promise<number> {
  const seqs = await seqsOfUnknown(sql, run, seq === undefined ? null : [seq]);
  if (outcome === "again") return sendAgain(sql, run, seqs);
  const quoted = await quotedOf(sql, run, seqs);
  const rows = seqs.map(
    (each): ResultRow => ({
      ...nothingMore,
      seq: each,
      variant: 0,
      state: outcome,
      reason: outcome === "sent" ? "settled_sent" : "settled_failed",
      // What was sent is charged as any other, unless its receipt is what is charged.
      ...(outcome === "sent" ? (quoted.get(each) ?? {}) : {}),
      attempts: 1,
    }),
  );
  return settleRows(sql, run, rows);
}

/** What each message was to cost: now, or at its receipt on WhatsApp. */
async function quotedOf(
  sql: Sql,
  run: RunKey,
  seqs: number[],
): Promise<Map<number, Pick<ResultRow, "cost" | "quoted">>> {
  const rows = await sql<{ seq: number; quoted: string; channel: string }[]>`
    select e.seq, max(r.quoted_micros)::text as quoted, e.channel from execution_results r
    join executions e using (part, run_number, seq)
    where r.part = ${run.part} and r.run_number = ${run.runNumber} and r.seq = any(${seqs}::int[])
      and r.quoted_micros is not null group by e.seq, e.channel`;
  return new Map(
    rows.map(({ seq, quoted, channel }) => [
      seq,
      channel === "whatsapp"
        ? { cost: null, quoted: BigInt(quoted) }
        : { cost: BigInt(quoted), quoted: null },
    ]),
  );
}

/** Puts them into the list of what is due: sealed and sent like a retry, unknown until the new attempt has its answer. */
async function sendAgain(sql: Sql, run: RunKey, seqs: number[]): Promise<number> {
  const put = await sql`
    insert into executions_due (part, run_number, seq, workspace_id, state, reason, attempts, not_before)
    select ${run.part}, ${run.runNumber}, u.seq, ${run.workspaceId}, 'again', 'settled_resent', 0, clock_now()
    from unnest(${seqs}::int[]) as u(seq)
    where not exists (select from execution_batches b where b.run_number = ${run.runNumber} and b.status = 'open'
      and b.kind = 'again' and u.seq = any(b.seqs))
    on conflict do nothing returning seq`;
  return put.length;
}
