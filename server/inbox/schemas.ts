import { z } from "zod";
import { type Channel, channels } from "@/server/channels/status";

/** Who may look into the sandbox inbox; mails of the product itself are for administrators only. */
export const inboxRoles = ["admin", "marketer"] as const;

const messageKinds = ["campaign", "test", "system"] as const;
export type MessageKind = (typeof messageKinds)[number];

const messageFilters = z.object({
  /**
   * Mails, or phones: of WhatsApp and SMS the latest message to each address stands for the whole conversation. Left out:
   * every message of every channel.
   */
  channel: z.enum(channels).optional(),
  /** Part of a name, an address or a subject. */
  search: z.string().trim().max(100).optional(),
  kind: z.enum(messageKinds).optional(),
  campaignId: z.string().optional(),
  customerId: z.string().optional(),
  unread: z.boolean().optional(),
});
export type MessageFilters = z.infer<typeof messageFilters>;
/** The screen shows one channel at a time. */
export type ScreenFilters = MessageFilters & { channel: Channel };

export const listMessagesInput = messageFilters.extend({
  /** The id of the last message of the page before. */
  cursor: z.string().nullish(),
  limit: z.number().int().min(1).max(100).default(40),
});
export type ListMessagesInput = z.input<typeof listMessagesInput>;

export const messageInput = z.object({ id: z.string() });

export const conversationInput = z.object({
  messageId: z.string(),
  /** How many messages back. */
  size: z.number().int().min(1).max(400).default(40),
});

/** Counts above this are shown as "999+": nobody waits for an exact count of a hundred thousand. */
export const countedUpTo = 1_000;

/** The list's filters in a query string; what makes no sense is left out. */
export function readFilters(params: URLSearchParams): ScreenFilters {
  const read = messageFilters.safeParse({
    search: params.get("q") || undefined,
    kind: params.get("kind") || undefined,
    campaignId: params.get("campaign") || undefined,
    customerId: params.get("customer") || undefined,
    channel: params.get("channel") || "email",
    unread: params.get("unread") === "1" || undefined,
  });
  return read.success ? { ...read.data, channel: read.data.channel ?? "email" } : { channel: "email" };
}

export const replyInput = z
  .object({
    messageId: z.string(),
    text: z.string().trim().max(4_000, "A reply has at most 4,000 characters.").default(""),
    /** The label of the quick-reply button that is pressed. */
    button: z.string().max(400).nullish(),
    /** Made by the browser: sending the same one again is the same reply. */
    replyId: z.uuid(),
  })
  .refine(({ text, button }) => text !== "" || Boolean(button), {
    message: "Write a few words.",
    path: ["text"],
  });
export type ReplyInput = z.input<typeof replyInput>;
