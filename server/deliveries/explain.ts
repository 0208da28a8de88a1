import { sql } from "drizzle-orm";
import { type Transaction, withHotTransaction, withTransaction } from "@/db/transaction";
import { runContentSchema } from "@/server/campaigns/content";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { type Facts, rules } from "./decide";
import { factsOf } from "./facts-of";
import { loadMembers, type Reading } from "./load-members";
import { encodePublicId } from "./public-id";
import { copier } from "./render-message";
import { requireReader } from "./require-reader";
import { type ExecutionState, highestState, reasonLabel } from "./status";

/** A rule with its answer: a tick, the one cross, or not asked because an earlier one said no. */
export type ExplainedRule = {
  name: string;
  question: string;
  answer: "yes" | "no" | "not_asked";
  /** What it saw; null where only the answer is known. */
  saw: string | null;
};

export type ExplainedMessage = {
  publicId: string;
  state: ExecutionState;
  /** `then`: as it was decided; `now`: as it would be decided at this moment, for a message that still waits. */
  decided: "then" | "now";
  rules: ExplainedRule[];
  /** Everything that happened, oldest first. */
  timeline: { at: Date; what: string; reason: string | null; detail: string | null }[];
};

export type Explanation = {
  messages: ExplainedMessage[];
  /** Why there is no message at all; null when there is one. */
  absence: string | null;
};

type Run = Reading & { campaignId: string; audience: { kind: "all" } | { kind: "tier"; tiers: string[] } };

/**
 * Why a customer got a campaign's message, or did not: the sender's rules with their answers, and what happened since.
 * @throws AppError FORBIDDEN; NOT_FOUND for a foreign campaign or customer
 */
export async function explainDelivery(
  ctx: Context,
  input: { campaignId: string; customerId: string },
): Promise<Explanation> {
  requireReader(ctx);
  const customerId = parseId(input.customerId);
  const { run, executions, absence } = await withTransaction(ctx, async (tx) => {
    const found = await findRun(tx, ctx, parseId(input.campaignId));
    const rows = found
      ? await tx.execute<{ seq: number }>(sql`
          select seq from executions where part = ${found.part} and run_number = ${found.runNumber}
            and customer_id = ${customerId} and workspace_id = ${ctx.workspaceId} order by seq`)
      : [];
    return {
      run: found,
      executions: rows.map((row) => row.seq),
      absence: rows.length > 0 ? null : await whyAbsent(tx, ctx, { run: found, customerId }),
    };
  });
  if (!run) return { messages: [], absence };
  const messages = await Promise.all(executions.map((seq) => explainOne(ctx, run, seq)));
  return { messages, absence };
}

/** The campaign's latest frozen run; null before the first. @throws AppError NOT_FOUND */
async function findRun(tx: Transaction, ctx: Context, campaignId: string): Promise<Run | null> {
  const [row] = await tx.execute<{
    part: number | null;
    run: number;
    channel: Run["channel"];
    content: unknown;
    audience: Run["audience"];
    timeZone: string;
    locale: string;
  }>(sql`
    select r.part, r.number::int as run, c.channels[1] as channel, r.content, c.audience, w.time_zone as "timeZone", w.locale
    from campaigns c join workspaces w on w.id = c.workspace_id left join campaign_runs r on r.campaign_id = c.id
    where c.id = ${campaignId} and c.workspace_id = ${ctx.workspaceId} order by r.number desc nulls last limit 1`);
  const { part, run, channel, content, audience, timeZone, locale } = required(row, "campaign");
  if (part === null) return null;
  const workspace = { timeZone, locale };
  const parsed = runContentSchema.parse(content);
  return { campaignId, part, runNumber: run, channel, audience, content: parsed, workspace, kind: "pending" };
}

async function whyAbsent(
  tx: Transaction,
  ctx: Context,
  { run, customerId }: { run: Run | null; customerId: string },
): Promise<string> {
  const [row] = await tx.execute<{ tier: string; email: string | null; later: boolean }>(sql`
    select c.tier, c.email, c.created_at > r.frozen_at as later from customers c
    left join campaign_runs r on r.number = ${run?.runNumber ?? null}
    where c.id = ${customerId} and c.workspace_id = ${ctx.workspaceId}`);
  const customer = required(row, "customer");
  if (!run) return "The campaign has not started.";
  if (customer.later) return "The customer was added after the audience was fixed.";
  const { audience } = run;
  if (audience.kind === "tier" && !audience.tiers.includes(customer.tier))
    return `The campaign goes to ${audience.tiers.join(", ")} customers, and this customer is ${customer.tier}.`;
  if (run.content.purpose === "promotional" && customer.email)
    return "Another customer with the same address gets it: promotion goes once to an address.";
  return "The customer was not in the audience when it was fixed.";
}

async function explainOne(ctx: Context, run: Run, seq: number): Promise<ExplainedMessage> {
  const timeline = await withTransaction(ctx, (tx) => readTimeline(tx, run, seq));
  const state = highestState(timeline.flatMap((line) => line.state ?? []));
  const waiting = state === "pending" || state === "held" || state === "retrying";
  const reason = timeline.findLast((line) => line.state === "skipped")?.reason ?? null;
  const saw = timeline.findLast((line) => line.state === "skipped")?.detail ?? null;
  return {
    publicId: encodePublicId({ part: run.part, runNumber: run.runNumber, seq }),
    state,
    decided: waiting ? "now" : "then",
    rules: waiting ? await asNow(ctx, run, seq) : asThen(reason, saw),
    timeline: timeline.map(({ at, what, reason: why, detail }) => ({
      at: new Date(at),
      what,
      reason: why && reasonLabel(why),
      detail,
    })),
  };
}

type Line = {
  at: Date;
  what: string;
  state: ExecutionState | null;
  reason: string | null;
  detail: string | null;
};

async function readTimeline(tx: Transaction, run: Run, seq: number): Promise<Line[]> {
  const rows = await tx.execute<Line>(sql`
    select at, state as what, state, reason, detail from execution_results
    where part = ${run.part} and run_number = ${run.runNumber} and seq = ${seq}
    union all
    select occurred_at, kind, case when kind in ('delivered', 'read', 'bounced', 'failed') then kind end,
      detail ->> 'reason', null
    from delivery_events where part = ${run.part} and run_number = ${run.runNumber} and seq = ${seq} and not machine
    order by 1`);
  return [...rows];
}

/** The answers as they stand at this moment. */
async function asNow(ctx: Context, run: Run, seq: number): Promise<ExplainedRule[]> {
  const [member] = await withHotTransaction(ctx.workspaceId, (hot) => loadMembers(hot, run, [seq]));
  if (!member) throw new Error("an execution vanished");
  const facts: Facts = factsOf(run, member, (await copier(run))(member));
  let refused = false;
  return rules.map(({ name, question, check }) => {
    if (refused) return { name, question, answer: "not_asked", saw: null };
    const verdict = check(facts);
    refused = !verdict.ok;
    return { name, question, answer: verdict.ok ? "yes" : "no", saw: verdict.saw };
  });
}

/** The answers as the ledger keeps them: the rule that gave the reason said no, those before it yes. */
function asThen(reason: string | null, saw: string | null): ExplainedRule[] {
  const refusing = rules.findIndex((rule) => rule.reasons.some((given) => given === reason));
  return rules.map(({ name, question }, index) => {
    if (refusing === -1 || index < refusing) return { name, question, answer: "yes", saw: null };
    return {
      name,
      question,
      answer: index === refusing ? "no" : "not_asked",
      saw: index === refusing ? saw : null,
    };
  });
}
