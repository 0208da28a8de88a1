import { z } from "zod";

/**
 * What a customer's timeline is made of. A new kind is a line here, a branch in `timeline-branches.ts` and a look in
 * `components/customers/timeline`.
 */
export const timelineKinds = {
  message: "Messages",
  reaction: "Opens and clicks",
  response: "Replies",
  callback: "Callbacks",
  event: "Events",
  consent: "Consent",
  note: "Notes",
  change: "Edits",
  import: "Imports",
} as const;
export type TimelineKind = keyof typeof timelineKinds;
export const timelineKindNames = Object.keys(timelineKinds) as TimelineKind[];

export const timelineChannels = ["whatsapp", "sms", "email", "call"] as const;
export type TimelineChannel = (typeof timelineChannels)[number];
export const timelineChannelLabels = {
  whatsapp: "WhatsApp",
  sms: "SMS",
  email: "E-mail",
  call: "Calls",
} as const satisfies Record<TimelineChannel, string>;

type Values = Record<string, unknown>;

/** What an entry tells, by its kind. */
export type TimelineDetail = {
  message: {
    campaignId: string;
    campaignName: string;
    state: string;
    reason: string | null;
    /** What the rule saw, or the provider's words. */
    detail: string | null;
    step: number;
    /** The sandbox's copy, where there is one. */
    messageId?: string | null;
  };
  reaction: { campaignId: string; campaignName: string; did: string };
  response: {
    responseId: string;
    text: string;
    class: string;
    followUp: string;
    campaignName: string | null;
  };
  callback: {
    did: "asked" | "called" | "closed";
    about: string;
    /** What the customer said, or what came of it. */
    words: string | null;
    /** Where it was asked; how a call went; how it was closed. */
    how: string | null;
  };
  event: { name: string; properties: Values };
  consent: { purpose: string; action: "granted" | "withdrawn"; source: string; textShown: string | null };
  note: { noteId: string; text: string; authorId: string; edited: boolean };
  change: {
    action: string;
    subject: "customer" | "policy" | "payment";
    /** The policy's number, for changes of policies and payments. */
    label: string | null;
    before: Values | null;
    after: Values | null;
  };
  import: {
    importId: string;
    fileName: string;
    action: "created" | "updated";
    before: Values | null;
    after: Values | null;
    policies: number;
    payments: number;
  };
};

/** One line of a customer's timeline. `id` is unique in it and stays. */
export type TimelineEntry = {
  [Kind in TimelineKind]: {
    id: string;
    kind: Kind;
    /** ISO instant. */
    at: string;
    channel: TimelineChannel | null;
    /** Who did it: a person's name; null for the customer and the product. */
    actorName: string | null;
    detail: TimelineDetail[Kind];
  };
}[TimelineKind];

export type TimelinePage = { entries: TimelineEntry[]; next: string | null };

const among = <Value extends string>(values: readonly Value[]) =>
  z.array(z.enum(values as readonly [Value, ...Value[]])).default([]);

export const timelineInput = z.object({
  customerId: z.string(),
  /** Only these kinds; all when empty. */
  kind: among(timelineKindNames),
  /** Only what belongs to one of these channels; also what has none when empty. */
  channel: among(timelineChannels),
  /** Where the page before ended. */
  cursor: z.string().max(300).nullish(),
  limit: z.number().int().min(1).max(100).default(40),
});
export type TimelineInput = z.input<typeof timelineInput>;

type Query = Record<string, string | string[] | undefined>;

/** The filters of a timeline from a page's address; what is unknown is left out. */
export function timelineFiltersOf(query: Query): Pick<z.output<typeof timelineInput>, "kind" | "channel"> {
  const values = (name: string) => [query[name] ?? []].flat();
  return {
    kind: timelineKindNames.filter((kind) => values("kind").includes(kind)),
    channel: timelineChannels.filter((channel) => values("channel").includes(channel)),
  };
}

const noteText = z
  .string()
  .trim()
  .min(1, "Write something.")
  .max(4_000, "Keep a note under 4,000 characters.");
export const addNoteInput = z.object({ customerId: z.string(), text: noteText });
export const noteIdInput = z.object({ noteId: z.string() });
export const editNoteInput = noteIdInput.extend({ text: noteText });
