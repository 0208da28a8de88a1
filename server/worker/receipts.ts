import {
  applyTemplateStatus,
  applyTestEvent,
  forgetReceipts,
  processReceipts,
  type ReceivedEvent,
  readTestPublicId,
} from "@/server/channels";
import { recordProviderEvents } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";
import { recordReply } from "@/server/responses";
import { Loop } from "./loop";

const LOOK_MS = 300;
const FORGET_MS = 60 * 60_000;

/** Does what providers posted: reports to the ledger or to a test, replies to the responses, approvals to the templates. */
export class Receipts {
  readonly #work = new Loop("receipts", LOOK_MS, () => processReceipts(handleEvents));
  readonly #forget = new Loop("old receipts", FORGET_MS, forgetReceipts);

  start(): void {
    this.#work.start();
    this.#forget.start();
  }

  async stop(): Promise<void> {
    await Promise.all([this.#work.stop(), this.#forget.stop()]);
  }
}

/** Safe to repeat: each noun knows an event that it has had. */
export async function handleEvents(ctx: Context, received: ReceivedEvent[]): Promise<void> {
  await recordProviderEvents(
    ctx,
    received.map(({ event }) => event),
  );
  for (const { source, event } of received) {
    if (event.kind === "reply") await recordReply(ctx, { ...event, origin: source.provider });
    const testId = "publicId" in event ? readTestPublicId(event.publicId) : null;
    if (testId) await applyTestEvent(ctx, testId, event);
    if (event.kind === "template_status") await applyTemplateStatus(ctx, source.accountId, event);
  }
}
