import { sql } from "drizzle-orm";
import { type Transaction, withHotTransaction, withTransaction } from "@/db/transaction";
import { contentAt, runContentSchema } from "@/server/campaigns/content";
import type { Audience } from "@/server/campaigns/schemas";
import type { Channel } from "@/server/channels/status";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { loadCircumstances } from "./circumstances";
import { type ExplainedRule, explainFacts, explainReason } from "./explain-rules";
import { factsOf } from "./facts-of";
import { loadAsMember, loadMembers, type Reading } from "./load-members";
import { encodePublicId } from "./public-id";
import { copier } from "./render-message";
import { requireCampaignReader } from "./require-reader";
import { type ExecutionState, highestState, reasonLabel } from "./status";
import { whyAbsent } from "./why-absent";

export type ExplainedMessage = {
  publicId: string;
  channel: Channel | null;
  /** 0, or the place of a fall-back after the message that it stands in for. */
  step: number;
  state: ExecutionState;
  /** `then`: as it was decided; `now`: as it would be decided at this moment, for a message that still waits. */
  decided: "then" | "now";
  rules: ExplainedRule[];
  /** Everything that happened, oldest first. */
  timeline: { at: Date; what: string; reason: string | null; detail: string | null; until: Date | null }[];
};

export type Explanation = {
  messages: ExplainedMessage[];
  /** Why there is no message at all, and what the rules would say now; null when there is one. */
  absence: { sentence: string; rules: ExplainedRule[] } | null;
};

type Run = Omit<Reading, "channel" | "circumstances"> & { campaignId: string; audience: Audience };
type Found = { seq: number; channel: Channel | null; step: number };

/**
 * Why a customer got a campaign's message, or did not: the sender's rules with their answers, and what happened since.
 * @throws AppError FORBIDDEN; NOT_FOUND for a foreign campaign or customer
 */
export async function explainDelivery(
  ctx: Context,
  input: { campaignId: string; customerId: string },
): Promise<Explanation> {
  const customerId = parseId(input.customerId);
  const { run, found, sentence } = await withTransaction(ctx, async (tx) => {
    await requireCampaignReader(tx, ctx, input.campaignId);
    const latest = await findRun(tx, ctx, { campaignId: parseId(input.campaignId), customerId });
    const rows = latest
      ? await tx.execute<Found>(sql`
          select seq, channel, step from executions where part = ${latest.part} and run_number = ${latest.runNumber}
            and customer_id = ${customerId} and workspace_id = ${ctx.workspaceId} order by seq`)
      : [];
    return {
      run: latest,
      found: [...rows],
      sentence: rows.length > 0 ? null : await whyAbsent(tx, ctx, { run: latest, customerId }),
    };
  });
  if (!run) return { messages: [], absence: sentence === null ? null : { sentence, rules: [] } };
  const messages = await Promise.all(found.map((each) => explainOne(ctx, run, each)));
  if (sentence === null) return { messages, absence: null };
  return { messages, absence: { sentence, rules: await rulesNow(ctx, run, { customerId }) } };
}

type Wanted = { campaignId: string; customerId: string };

/**
 * The campaign's latest frozen run, of an automation the version that the customer entered last; null before the first.
 * @throws AppError NOT_FOUND
 */
async function findRun(
  tx: Transaction,
  ctx: Context,
  { campaignId, customerId }: Wanted,
): Promise<Run | null> {
  const [row] = await tx.execute<{
    part: number | null;
    run: number;
    content: unknown;
    audience: Audience;
  }>(sql`
    select r.part, r.number::int as run, r.content, c.audience
    from campaigns c left join campaign_runs r on r.campaign_id = c.id
    where c.id = ${campaignId} and c.workspace_id = ${ctx.workspaceId} 
    order by c.schedule ->> 'kind' = 'automated' and exists (select from executions x
        where x.part = r.part and x.run_number = r.number and x.customer_id = ${customerId}) desc,
      r.number desc nulls last limit 1`);
  const { part, run, content, audience } = required(row, "campaign");
  if (part === null) return null;
  return {
    campaignId,
    part,
    runNumber: run,
    audience,
    content: runContentSchema.parse(content),
    kind: "pending",
  };
}

async function explainOne(ctx: Context, run: Run, { seq, channel, step }: Found): Promise<ExplainedMessage> {
  const timeline = await withTransaction(ctx, (tx) => readTimeline(tx, run, seq));
  const state = channel ? highestState(timeline.flatMap((line) => line.state ?? [])) : "held_out";
  const waiting = state === "pending" || state === "held" || state === "retrying";
  const skipped = timeline.findLast((line) => line.state === "skipped");
  return {
    publicId: encodePublicId({ part: run.part, runNumber: run.runNumber, seq }),
    channel,
    step,
    state,
    decided: waiting ? "now" : "then",
    rules:
      waiting && channel
        ? await rulesNow(ctx, run, { seq, channel, step })
        : explainReason(skipped?.reason ?? null, skipped?.detail ?? null),
    timeline: timeline.map(({ at, what, reason, detail, until }) => ({
      at: new Date(at),
      what,
      reason: reason && reasonLabel(reason),
      detail,
      until: until && new Date(until),
    })),
  };
}

type Line = {
  at: Date;
  what: string;
  state: ExecutionState | null;
  reason: string | null;
  detail: string | null;
  until: Date | null;
};

async function readTimeline(tx: Transaction, run: Run, seq: number): Promise<Line[]> {
  const rows = await tx.execute<Line>(sql`
    select at, state as what, state, reason, detail, not_before as until from execution_results
    where part = ${run.part} and run_number = ${run.runNumber} and seq = ${seq}
    union all
    select occurred_at, kind, case when kind in ('delivered', 'read', 'bounced', 'failed') then kind end,
      detail ->> 'reason', detail ->> 'detail', null
    from delivery_events where part = ${run.part} and run_number = ${run.runNumber} and seq = ${seq} and not machine
    order by 1`);
  return [...rows];
}

/** The answers as they stand at this moment: for a message, or for a customer without one. */
function rulesNow(
  ctx: Context,
  run: Run,
  of: { seq: number; channel: Channel; step: number } | { customerId: string },
): Promise<ExplainedRule[]> {
  const channel = "seq" in of ? of.channel : (run.content.channels[0] ?? "email");
  return withHotTransaction(ctx.workspaceId, async (hot) => {
    const { workspaceId } = ctx;
    const circumstances = await loadCircumstances(hot, { workspaceId, campaignId: run.campaignId, channel });
    const content = "seq" in of ? contentAt(run.content, of.step) : run.content;
    const reading: Reading & { campaignId: string } = { ...run, content, channel, circumstances };
    const member =
      "seq" in of ? (await loadMembers(hot, reading, [of.seq]))[0] : await loadAsMember(hot, reading, of);
    if (!member) throw new Error("an execution vanished");
    return explainFacts(factsOf(reading, member, (await copier(reading))(member)));
  });
}
