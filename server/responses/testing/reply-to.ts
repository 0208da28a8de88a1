import type { ReplyInput } from "../schemas";

let lastReply = 0;

/** A reply to the run's first message, as a channel would hand it over. */
export const replyTo = (
  run: { addresses: string[] },
  text: string,
  more: Partial<ReplyInput> = {},
): ReplyInput => ({
  channel: "sms",
  from: run.addresses[0] ?? "",
  text,
  providerMessageId: `reply-${++lastReply}`,
  occurredAt: new Date(),
  origin: "sandbox",
  ...more,
});
