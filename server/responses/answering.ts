import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { ownWorkspace, snapshotOf } from "@/server/campaigns";
import type { RunContent } from "@/server/campaigns/content";
import type { Channel } from "@/server/channels/status";
import { ANSWER, judgeCustomers } from "@/server/deliveries";
import { reasonLabel } from "@/server/deliveries/status";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { responseAnswerers } from "./status";

/** The name of the campaign that carries answers. */
export const ANSWERS_NAME = "Answers to customers";

export type Answerable = {
  id: string;
  channel: Channel;
  customerId: string;
  language: string;
  class: string;
  followUp: string;
};

export type MayAnswer =
  /** It goes now, or at `until` (ISO), when the hours of contact begin. */
  { may: true; until: string | null; channel: Channel; subject: string } | { may: false; sentence: string };

/**
 * Whether an answer on the response's channel could go now, by the sender's own rules, with the sentence for the person who
 * is about to write it. @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function mayAnswer(ctx: Context, input: { responseId: string }): Promise<MayAnswer> {
  requireRole(ctx, ...responseAnswerers);
  const asked = await withTransaction(ctx, async (tx) => {
    const response = await readAnswerable(tx, ctx, input.responseId);
    if (response === null) return null;
    return { response, content: await answerContent(tx, ctx, { response, subject: "–", text: "–" }) };
  });
  if (asked === null) return { may: false, sentence: NOBODY };
  const { response, content } = asked;
  const judged = await judgeAnswer(ctx, { response, content });
  if ("sentence" in judged) return { may: false, sentence: judged.sentence };
  const { channel } = response;
  return {
    may: true,
    until: judged.until?.toISOString() ?? null,
    channel,
    subject: channel === "email" ? `Your message to ${content.companyName}` : "",
  };
}

export const NOBODY =
  "Nobody of your customers has this address, so there is nobody to answer to. Add the customer first.";

/** The response and who wrote it; null where no customer is known. @throws AppError NOT_FOUND */
export async function readAnswerable(
  tx: Transaction,
  ctx: Context,
  responseId: string,
): Promise<Answerable | null> {
  const [row] = await tx.execute<Omit<Answerable, "customerId"> & { customerId: string | null }>(sql`
    select r.id, r.channel, r.class, r.follow_up as "followUp", c.id as "customerId", coalesce(c.language, '') as language
    from responses r left join customers c on c.id = r.customer_id and c.erased_at is null
    where r.workspace_id = ${ctx.workspaceId} and r.id = ${parseId(responseId)}`);
  const { customerId, ...response } = required(row, "response");
  return customerId === null ? null : { ...response, customerId };
}

type Words = { response: Answerable; subject: string; text: string };

/** What a run of one answer says: the words as they were typed, links as they stand. */
export async function answerContent(
  tx: Transaction,
  ctx: Context,
  { response: { channel, language }, subject, text }: Words,
): Promise<RunContent> {
  const spoken = /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(language) ? language : "en";
  const said = {
    email: { subject, preheader: "", body: text },
    sms: { text, dltTemplateId: null, variables: [] },
    whatsapp: { templateId: null, text, variables: [], headerFileId: null, buttonUrls: [] },
  };
  const snapshot = await snapshotOf(
    tx,
    ctx,
    {
      name: ANSWERS_NAME,
      category: "policy_service",
      channels: [channel],
      languages: [spoken],
      bodies: { [channel]: { [spoken]: said[channel] } },
      fallbacks: {},
      attachments: [],
      utm: null,
      tracking: { opens: true, clicks: false },
      senderName: null,
    },
    await ownWorkspace(tx, ctx),
  );
  return { ...snapshot, category: ANSWER, utm: null };
}

/** Asks the sender's rules; a sentence where it cannot go, and when it goes where it has to wait for its hours. */
export async function judgeAnswer(
  ctx: Context,
  { response, content }: { response: Answerable; content: RunContent },
): Promise<{ sentence: string } | { until: Date | null }> {
  const [judged] = await judgeCustomers(ctx, {
    campaignId: null,
    content,
    channel: response.channel,
    customers: [{ place: 1, customerId: response.customerId, variant: 0 }],
    budgetLeft: null,
    budgetUsedUp: false,
  });
  if (!judged) throw new AppError("CONFLICT", NOBODY);
  const { verdict, reason, saw, until } = judged;
  if (verdict === "goes" || verdict === "held") return { until };
  return {
    sentence: `${reason ? reasonLabel(reason) : "It cannot go now"}: ${saw ?? "a rule keeps it back"}.`,
  };
}
