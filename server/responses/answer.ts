import { sql } from "drizzle-orm";
import { campaigns } from "@/db/schema/campaigns";
import { responseAnswers } from "@/db/schema/responses";
import { type Transaction, withTransaction } from "@/db/transaction";
import { sendAnswer } from "@/server/deliveries";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { ANSWERS_NAME, answerContent, judgeAnswer, NOBODY, readAnswerable } from "./answering";
import { markHandled } from "./follow-up";
import { type AnswerInput, answerInput } from "./schemas";
import { responseAnswerers } from "./status";

/**
 * Sends a person's answer to a response on its channel, through the ledger: the rules are asked now, for a refusal in words,
 * and once more by the sender. The response is the answerer's where it was nobody's, and handled if asked. The same key twice
 * is one answer. `until`: when it goes, if it has to wait for the hours of contact.
 * @throws AppError FORBIDDEN, NOT_FOUND; BAD_INPUT; CONFLICT with the rule that keeps it back
 */
export async function answerResponse(ctx: Context, input: AnswerInput): Promise<{ until: string | null }> {
  requireRole(ctx, ...responseAnswerers);
  const { responseId, key, text, handled, ...asked } = answerInput.parse(input);
  const { response, content, subject } = await withTransaction(ctx, async (tx) => {
    const found = await readAnswerable(tx, ctx, responseId);
    if (found === null) throw new AppError("CONFLICT", NOBODY);
    const subject = found.channel === "email" ? asked.subject : "";
    if (found.channel === "email" && subject === "")
      throw new AppError("BAD_INPUT", "Write a subject.", { field: "subject" });
    return {
      response: found,
      content: await answerContent(tx, ctx, { response: found, subject, text }),
      subject,
    };
  });
  const judged = await judgeAnswer(ctx, { response, content });
  if ("sentence" in judged) throw new AppError("CONFLICT", judged.sentence);
  await withTransaction(ctx, async (tx) => {
    const campaignId = await campaignOfAnswers(tx, ctx);
    const { customerId, channel } = response;
    const sent = await sendAnswer(tx, ctx, {
      campaignId,
      slot: `answer:${key}`,
      content,
      channel,
      customerId,
    });
    if (sent === null) return;
    const { part, runNumber } = sent;
    await tx.insert(responseAnswers).values({
      ...{ id: key, workspaceId: ctx.workspaceId, responseId: response.id, customerId, subject, text },
      ...{ byUser: ctx.userId ?? "", part, runNumber },
    });
    await tx.execute(sql`
      update responses set assignee_id = coalesce(assignee_id, ${ctx.membershipId}::uuid)
      where workspace_id = ${ctx.workspaceId} and id = ${response.id}`);
    if (handled) await markHandled(tx, ctx, { ids: [response.id], handled: true });
    await recordAudit(tx, ctx, {
      action: "response.answered",
      subjectType: "response",
      subjectId: response.id,
      after: { channel, runNumber },
    });
    await bumpTopics(tx, ctx, "responses", `customer:${customerId}`);
  });
  return { until: judged.until?.toISOString() ?? null };
}

/** The campaign that carries the workspace's answers, made with the first; another one where somebody cancelled it. */
async function campaignOfAnswers(tx: Transaction, ctx: Context): Promise<string> {
  // Of two first answers at once one makes it.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`answers:${ctx.workspaceId}`}, 0))`);
  const [found] = await tx.execute<{ id: string; status: string }>(sql`
    select id, status from campaigns
    where workspace_id = ${ctx.workspaceId} and answers and status in ('active', 'paused')`);
  if (found?.status === "paused")
    throw new AppError(
      "CONFLICT",
      `“${ANSWERS_NAME}” is paused, so nothing can be answered. Resume it first.`,
    );
  if (found) return found.id;
  const [made] = await tx
    .insert(campaigns)
    .values({
      id: newId(),
      workspaceId: ctx.workspaceId,
      name: ANSWERS_NAME,
      type: "behavioral",
      goal: "engagement",
      category: "policy_service",
      description: "What your people answer to customers. One message each.",
      status: "active",
      answers: true,
      channels: ["whatsapp", "email", "sms"],
      ownerId: required(ctx.userId, "member"),
      launchedAt: clockNow,
      archivedAt: clockNow,
    })
    .returning({ id: campaigns.id });
  return required(made, "campaign").id;
}
