import { z } from "zod";
import { channels } from "@/server/channels/status";

/** More of a reply than this is not kept: a forwarded thread says nothing more. */
export const LONGEST_REPLY = 10_000;

/** A reply as a channel hands it over; `recordReply` takes it. */
export const replyInput = z.object({
  channel: z.enum(channels),
  /** Who wrote: a number in E.164, or an e-mail address. */
  from: z.string().trim().min(1).max(320),
  text: z.string().max(1_000_000).default(""),
  /** The public id of the message that is answered, where the channel brings it back. */
  publicId: z.string().nullish(),
  /** The provider's own id of the reply: the same one twice is one response. */
  providerMessageId: z.string().min(1).max(400),
  occurredAt: z.date(),
  /** Payload or label of a pressed quick-reply button. */
  button: z.string().max(400).nullish(),
  /** Who handed it over: `sandbox`, `meta`, `twilio`, `msg91`, `mail`. */
  origin: z.string().regex(/^[a-z0-9_]{1,30}$/),
  /** True for what a machine sent by itself (Auto-Submitted): kept, and not counted as a reply. */
  automatic: z.boolean().default(false),
});
export type ReplyInput = z.input<typeof replyInput>;
