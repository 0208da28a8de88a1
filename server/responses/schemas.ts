import { z } from "zod";
import { channels } from "@/server/channels/status";
import { followUpStates, responseClasses } from "./status";

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

const words = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === "string" ? [value] : value));
const oneOf = <Value extends string>(values: readonly Value[]) =>
  words.transform((list) => values.filter((value) => list.includes(value))).default([]);
const day = z.iso.date().nullish().catch(null);

export const listResponsesInput = z.object({
  class: oneOf(responseClasses),
  channel: oneOf(channels),
  followUp: oneOf(followUpStates),
  campaign: words.transform((list) => list.filter((id) => z.uuid().safeParse(id).success)).default([]),
  /** Memberships, `me`, or `nobody`. */
  assignee: words
    .transform((list) =>
      list.filter((id) => id === "me" || id === "nobody" || z.uuid().safeParse(id).success),
    )
    .default([]),
  /** Days back from now; `from` and `until` are days of the workspace, both included. */
  days: z.enum(["1", "7", "30"]).nullish().catch(null),
  from: day,
  until: day,
  after: z.uuid().nullish().catch(null),
  before: z.uuid().nullish().catch(null),
});
export type ListResponsesInput = z.infer<typeof listResponsesInput>;

export const responseInput = z.object({ responseId: z.string() });

export const correctClassInput = responseInput.extend({ class: z.enum(responseClasses) });
export type CorrectClassInput = z.infer<typeof correctClassInput>;

export const setHandledInput = z.object({
  responseIds: z.array(z.string()).min(1).max(200),
  handled: z.boolean(),
});
export type SetHandledInput = z.infer<typeof setHandledInput>;

export const assignInput = z.object({
  responseIds: z.array(z.string()).min(1).max(200),
  /** A membership; null: nobody. */
  assigneeId: z.string().nullable(),
});
export type AssignInput = z.infer<typeof assignInput>;

/** Longest answer by a channel that has a limit of its own. */
export const LONGEST_ANSWER = 1_000;

export const answerInput = responseInput.extend({
  /** Made by the form: sent twice, it is one answer. */
  key: z.string().regex(/^[0-9a-f]{32}$/),
  /** Of an e-mail; other channels have none. */
  subject: z.string().trim().max(150, "Keep the subject under 150 characters.").default(""),
  text: z
    .string()
    .trim()
    .min(1, "Write the answer.")
    .max(LONGEST_ANSWER, `Use at most ${LONGEST_ANSWER.toLocaleString("en-IN")} characters.`)
    .refine(
      (text) => !/\{[{%]/.test(text),
      "An answer takes no tags: write out what should stand there, without {{ and {%.",
    ),
  /** Whether the response is done with it. */
  handled: z.boolean(),
});
export type AnswerInput = z.input<typeof answerInput>;

export const noteInput = responseInput.extend({
  note: z.string().trim().max(2_000, "Use at most 2,000 characters."),
});
export type NoteInput = z.infer<typeof noteInput>;

type Params = Record<string, string | string[] | undefined>;
const one = (params: Params, name: string) => [params[name]].flat()[0];

/** The list's filters in a page's address; what is malformed is left out. */
export const responsesInputOf = (params: Params): ListResponsesInput =>
  listResponsesInput.parse({
    class: params.class ?? [],
    channel: params.channel ?? [],
    followUp: params.followUp ?? [],
    campaign: params.campaign ?? [],
    assignee: params.assignee ?? [],
    days: one(params, "days"),
    from: one(params, "from"),
    until: one(params, "until"),
    after: one(params, "after"),
    before: one(params, "before"),
  });
