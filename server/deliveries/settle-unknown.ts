import { sql as query } from "drizzle-orm";
import type { Sql } from "postgres";
import { withHotTransaction, withTransaction } from "@/db/transaction";
import { campaignEditors } from "@/server/campaigns/status";
import { recordHotAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { notFound } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { decodePublicId } from "./public-id";
import { type SettleInput, settleInput } from "./schemas";
import { type SettledRun, settleRows } from "./settle";

/**
 * A person's word on messages whose outcome is unknown, from the mail server's own log: they were sent, or were not. Failed
 * ones are not sent again by this. Returns how many were settled. @throws AppError FORBIDDEN; NOT_FOUND for a message
 * that is not of this campaign
 */
export async function settleUnknown(ctx: Context, input: SettleInput): Promise<number> {
  requireRole(ctx, ...campaignEditors);
  const { campaignId, outcome, publicId } = settleInput.parse(input);
  const only = publicId === undefined ? null : decodePublicId(publicId);
  if (publicId !== undefined && only === null) throw notFound("message");
  const runs = await runsOf(ctx, campaignId);
  if (only && !runs.some((run) => run.runNumber === only.runNumber)) throw notFound("message");
  const settled = await withHotTransaction(ctx.workspaceId, async (tx) => {
    let count = 0;
    for (const run of runs)
      if (!only || only.runNumber === run.runNumber)
        count += await settleRun(tx, run, { outcome, seq: only?.seq });
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

function runsOf(ctx: Context, campaignId: string): Promise<SettledRun[]> {
  return withTransaction(ctx, async (tx) => {
    const rows = await tx.execute<SettledRun>(query`
      select r.part, r.number::int as "runNumber", r.workspace_id as "workspaceId", r.campaign_id as "campaignId", c.channels[1] as channel
      from campaign_runs r join campaigns c on c.id = r.campaign_id
      where r.campaign_id = ${parseId(campaignId)} and r.workspace_id = ${ctx.workspaceId} and r.part is not null`);
    return [...rows];
  });
}

type Word = { outcome: "sent" | "failed"; seq: number | undefined };

async function settleRun(sql: Sql, run: SettledRun, { outcome, seq }: Word): Promise<number> {
  const unknown = await sql<{ seq: number; variant: number }[]>`
    select distinct u.seq, e.variant from execution_results u join executions e using (part, run_number, seq)
    where u.part = ${run.part} and u.run_number = ${run.runNumber} and u.state = 'unknown'
      ${seq === undefined ? sql`` : sql`and u.seq = ${seq}`}`;
  const rows = unknown.map((row) => ({
    ...row,
    state: outcome,
    reason: outcome === "sent" ? ("settled_sent" as const) : ("settled_failed" as const),
    detail: null,
    providerMessageId: null,
    delayMs: null,
    attempts: 1,
  }));
  return settleRows(sql, run, rows);
}
