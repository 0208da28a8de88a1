import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { type CarriedMessage, sendCarried } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { recordActivity } from "../record-activity";
import type { CallbackMessageKind } from "../status";
import { contentOf, type MessageWords } from "./run-content";
import { readMessageSettings } from "./settings";

/** The request that a message is about. `nth` tells apart what may be said more than once: the promise, the cycle. */
export type MessageAbout = { callbackId: string; customerId: string | null; nth: number };

/**
 * Has the queue say one of its messages, if the workspace wants it to: through the ledger, where the rules of deliveries decide
 * as for every message. Each is said once for its `nth`, and every one leaves a line in the request's log.
 */
export async function sendCallbackMessage(
  tx: Transaction,
  ctx: Context,
  kind: CallbackMessageKind,
  about: MessageAbout,
): Promise<void> {
  const setting = (await readMessageSettings(tx, ctx)).find((each) => each.kind === kind);
  if (!setting?.enabled) return;
  await say(tx, ctx, { kind, about, words: await usable(tx, ctx, setting) });
}

/** A template that has been archived since, or leads nowhere, must not keep the customer from hearing of the call. */
async function usable(tx: Transaction, ctx: Context, setting: MessageWords): Promise<MessageWords> {
  if (setting.templateId === null) return setting;
  const [found] = await tx.execute(sql`
    select 1 from templates
    where workspace_id = ${ctx.workspaceId} and id = ${setting.templateId} and archived_at is null`);
  return found ? setting : { ...setting, templateId: null };
}

type Saying = {
  kind: CallbackMessageKind | "agent";
  about: MessageAbout;
  words: MessageWords;
  template?: string;
};

/** The same for words that a person chose. Null when it went before, or when nobody is known to send it to. */
export async function say(
  tx: Transaction,
  ctx: Context,
  { kind, about, words, template }: Saying,
): Promise<CarriedMessage | null> {
  const { callbackId, customerId, nth } = about;
  const line = (detail: Record<string, unknown>) =>
    recordActivity(tx, ctx, { callbackId, kind: "messaged", detail: { message: kind, template, ...detail } });
  if (customerId === null) {
    await line({ notSent: "no_customer" });
    return null;
  }
  const { content } = await contentOf(tx, ctx, { kind, ...words }).catch((error: unknown) => {
    if (kind === "agent" || words.templateId === null || !(error instanceof AppError)) throw error;
    return contentOf(tx, ctx, { kind, ...words, templateId: null });
  });
  const sent = await sendCarried(tx, ctx, {
    kind: template ? `${kind}:${template}` : kind,
    content,
    customerId,
    occurrence: `${callbackId}:${kind}:${nth}`,
  });
  if (!sent) return null;
  await line({ ...sent });
  await bumpTopics(tx, ctx, `callback:${callbackId}`, `customer:${customerId}`);
  return sent;
}
