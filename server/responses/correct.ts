import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { Channel } from "@/server/channels/status";
import { withdrawPromotion } from "@/server/consent";
import type { ExecutionKey } from "@/server/deliveries";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { appendReaction, discountReaction } from "@/server/tracking";
import { askForCall } from "./ask-for-call";
import type { Explanation } from "./explain";
import { customersAt } from "./match-sender";
import { restoreConsent } from "./restore-consent";
import { type CorrectClassInput, correctClassInput } from "./schemas";
import { followUpOf, type ResponseClass, responseCorrectors } from "./status";
import { settleComplaint, stopForComplaint } from "./stop-for-complaint";

type Row = {
  id: string;
  class: ResponseClass;
  rule: string;
  explanation: Explanation;
  channel: Channel;
  from: string | null;
  text: string;
  customerId: string | null;
  campaignId: string | null;
  key: ExecutionKey | null;
  at: string;
};

/** What a correction changed besides the class. */
export type Corrected = {
  withdrawn: number;
  restored: number;
  promotionStopped: boolean;
  promotionGoesOn: boolean;
};

/**
 * Gives a response the class that a person says it has, keeps what the rules had said, and does what the class asks for: an
 * opt-out withdraws promotion, a complaint stops it; what a misread reply had taken away is given back. The class that it
 * has already changes nothing.
 * @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function correctClass(ctx: Context, given: CorrectClassInput): Promise<Corrected> {
  requireRole(ctx, ...responseCorrectors);
  const { responseId, class: to } = correctClassInput.parse(given);
  return withTransaction(ctx, async (tx) => {
    const row = await lock(tx, ctx, parseId(responseId));
    const changed: Corrected = { withdrawn: 0, restored: 0, promotionStopped: false, promotionGoesOn: false };
    if (row.class === to) return changed;
    await keep(tx, ctx, row, to);
    await leave(tx, ctx, row, changed);
    await enter(tx, ctx, { row, to }, changed);
    await askForCall(tx, ctx, { ...row, class: to, address: row.from, responseId: row.id });
    await recordAudit(tx, ctx, {
      action: "response.corrected",
      subjectType: "response",
      subjectId: row.id,
      before: { class: row.class, rule: row.rule },
      after: { class: to, ...changed },
    });
    await bumpTopics(
      tx,
      ctx,
      "responses",
      ...(row.customerId ? [`customer:${row.customerId}`] : []),
      ...(row.campaignId ? [`campaign:${row.campaignId}`] : []),
    );
    return changed;
  });
}

async function lock(tx: Transaction, ctx: Context, id: string): Promise<Row> {
  const [found] = await tx.execute<Row>(sql`
    select id, class, classified_by as rule, explanation, channel, from_address as "from", text, customer_id as "customerId",
      campaign_id as "campaignId", to_json(received_at) #>> '{}' as at,
      case when seq is not null then jsonb_build_object('part', part, 'runNumber', run_number, 'seq', seq) end as key
    from responses where workspace_id = ${ctx.workspaceId} and id = ${id} for update`);
  return required(found, "response");
}

async function keep(tx: Transaction, ctx: Context, row: Row, to: ResponseClass): Promise<void> {
  const [clock] = await tx.execute<{ now: string }>(sql`select to_json(clock_now()) #>> '{}' as now`);
  const explanation: Explanation = {
    ...row.explanation,
    rule: row.explanation.rule ?? row.rule,
    corrections: [
      ...(row.explanation.corrections ?? []),
      { from: row.class, to, by: ctx.userId, at: clock?.now ?? "" },
    ],
  };
  await tx.execute(sql`
    update responses set class = ${to}, classified_by = 'person', explanation = ${JSON.stringify(explanation)}::jsonb,
      follow_up = ${followUpOf(to)}, handled_at = null
    where id = ${row.id} and workspace_id = ${ctx.workspaceId}`);
}

/** Takes back what the class that it is leaving had done. */
async function leave(tx: Transaction, ctx: Context, row: Row, changed: Corrected): Promise<void> {
  const { key, customerId, id: responseId } = row;
  if (row.class === "complaint" && customerId)
    changed.promotionGoesOn = await settleComplaint(tx, ctx, { customerId, responseId });
  if (row.class === "unsubscribe") {
    const customerIds = await everybody(tx, ctx, row);
    const restored = await restoreConsent(tx, ctx, { responseId, address: row.from, customerIds });
    changed.restored = restored.length;
    if (key && customerId && restored.includes(customerId))
      await discountReaction(tx, key, { kind: "unsubscribed", responseId });
  }
  if (row.class === "auto_reply" && key)
    await appendReaction(tx, key, {
      kind: "replied",
      // The row of an earlier discount keeps its name.
      dedupeKey: `reply:${responseId}:${row.explanation.corrections?.length ?? 0}`,
      detail: { responseId },
      occurredAt: new Date(row.at),
    });
}

/** Does what the new class asks for. */
async function enter(
  tx: Transaction,
  ctx: Context,
  { row, to }: { row: Row; to: ResponseClass },
  changed: Corrected,
): Promise<void> {
  const { key, customerId, id: responseId } = row;
  if (to === "complaint" && customerId)
    changed.promotionStopped = await stopForComplaint(tx, ctx, customerId);
  if (to === "auto_reply" && key) await discountReaction(tx, key, { kind: "replied", responseId });
  if (to !== "unsubscribe") return;
  const withdrawn = await withdrawPromotion(tx, ctx, {
    channel: row.channel,
    customerIds: await everybody(tx, ctx, row),
    address: row.from,
    source: "correction",
    evidence: { responseId },
  });
  changed.withdrawn = withdrawn.length;
  if (key && customerId && withdrawn.includes(customerId))
    await appendReaction(tx, key, {
      kind: "unsubscribed",
      dedupeKey: `unsubscribed:${responseId}:${row.explanation.corrections?.length ?? 0}`,
      detail: { responseId },
      occurredAt: null,
    });
}

/** Everybody whom the reply's address belongs to: an opt-out is said for the address. */
async function everybody(tx: Transaction, ctx: Context, row: Row): Promise<string[]> {
  const owners = row.from === null ? [] : await customersAt(tx, ctx, row.channel, row.from);
  return [...new Set([...(row.customerId ? [row.customerId] : []), ...owners])];
}
