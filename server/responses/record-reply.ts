import { sql } from "drizzle-orm";
import { responses } from "@/db/schema/responses";
import { type Transaction, withTransaction } from "@/db/transaction";
import { touchCustomers } from "@/server/events";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { appendReaction } from "@/server/tracking";
import { applyWish } from "./apply-wish";
import { askForCall } from "./ask-for-call";
import { type Classification, classifyReply } from "./classify";
import { matchSender, type Sender } from "./match-sender";
import { LONGEST_REPLY, type ReplyInput, replyInput } from "./schemas";
import { followUpOf, type ResponseClass } from "./status";
import { stopForComplaint } from "./stop-for-complaint";

export type RecordedReply = {
  responseId: string;
  class: ResponseClass;
  customerId: string | null;
  /** True when the same reply was recorded before: nothing was done again. */
  repeated: boolean;
};

type Reply = ReturnType<typeof replyInput.parse>;

/**
 * Records what a customer wrote back, and does in the same transaction what it asks for: finds who wrote and about which
 * message, classifies it by rules, withdraws or allows promotion, stops it for a complaint, and counts the reply in the
 * campaign. The same provider's id twice is one response.
 * For doors and adapters: `ctx` is the workspace's own context.
 */
export async function recordReply(ctx: Context, input: ReplyInput): Promise<RecordedReply> {
  const reply = replyInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const sender = await matchSender(tx, ctx, reply);
    const found: Classification = reply.automatic
      ? { class: "auto_reply", rule: "auto_submitted", matched: "", wish: null }
      : classifyReply(reply);
    const responseId = await insert(tx, ctx, { reply, sender, found });
    if (responseId === null) return known(tx, ctx, reply);
    const optedOut = await applyWish(tx, ctx, { ...found, channel: reply.channel, sender, responseId });
    if (found.class === "complaint" && sender.customerId) await stopForComplaint(tx, ctx, sender.customerId);
    await askForCall(tx, ctx, {
      class: found.class,
      channel: reply.channel,
      text: textOf(reply),
      responseId,
      ...sender,
    });
    await count(tx, { reply, sender, found, optedOut, responseId });
    const { customerId } = sender;
    await bumpTopics(tx, ctx, "responses", ...topicsOf(sender));
    return { responseId, class: found.class, customerId, repeated: false };
  });
}

/** The response's id; null when the same reply is there already. */
async function insert(
  tx: Transaction,
  ctx: Context,
  { reply, sender, found }: { reply: Reply; sender: Sender; found: Classification },
): Promise<string | null> {
  const [row] = await tx
    .insert(responses)
    .values({
      id: newId(),
      workspaceId: ctx.workspaceId,
      customerId: sender.customerId,
      channel: reply.channel,
      fromAddress: sender.address,
      text: textOf(reply),
      class: found.class,
      classifiedBy: found.rule,
      explanation: { matched: found.matched, wish: found.wish, button: reply.button ?? null, by: sender.by },
      ...(sender.key ?? {}),
      campaignId: sender.campaignId,
      sourceId: sourceIdOf(reply),
      followUp: followUpOf(found.class),
      receivedAt: sql`least(${reply.occurredAt.toISOString()}::timestamptz, clock_now())` as unknown as Date,
    })
    .onConflictDoNothing()
    .returning({ id: responses.id });
  // A reply counts for the customer's engagement, also where it answers no message of ours.
  if (row && sender.customerId) await touchCustomers(tx, ctx, [sender.customerId], ["reply"]);
  return row?.id ?? null;
}

/** Postgres text cannot hold a zero character. */
const textOf = ({ text, button }: Reply): string =>
  (text.trim() || (button ?? "")).replaceAll("\u0000", "").slice(0, LONGEST_REPLY);

const sourceIdOf = ({ origin, providerMessageId }: Reply): string => `${origin}:${providerMessageId}`;

async function known(tx: Transaction, ctx: Context, reply: Reply): Promise<RecordedReply> {
  const [row] = await tx.execute<{ id: string; class: ResponseClass; customer: string | null }>(sql`
    select id, class, customer_id as customer from responses
    where workspace_id = ${ctx.workspaceId} and channel = ${reply.channel} and source_id = ${sourceIdOf(reply)}`);
  if (!row) throw new Error("a response vanished");
  return { responseId: row.id, class: row.class, customerId: row.customer, repeated: true };
}

/** A machine's answer is no reply of the customer. */
async function count(
  tx: Transaction,
  recorded: { reply: Reply; sender: Sender; found: Classification; optedOut: boolean; responseId: string },
): Promise<void> {
  const { key } = recorded.sender;
  const { responseId, found, reply } = recorded;
  if (!key || found.class === "auto_reply") return;
  const { occurredAt } = reply;
  const detail = { responseId, class: found.class };
  await appendReaction(tx, key, { kind: "replied", dedupeKey: `reply:${responseId}`, detail, occurredAt });
  if (recorded.optedOut)
    await appendReaction(tx, key, { kind: "unsubscribed", dedupeKey: "unsubscribed", detail, occurredAt });
}

const topicsOf = ({ customerId, campaignId }: Sender): string[] => [
  ...(customerId ? [`customer:${customerId}`] : []),
  ...(campaignId ? [`campaign:${campaignId}`] : []),
];
