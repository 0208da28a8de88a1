import { z } from "zod";
import { automationFields } from "@/server/automations/schemas";
import { channels } from "@/server/channels/status";
import { tiers } from "@/server/customers/schemas";
import { eventName } from "@/server/events/schemas";
import { parseMoney } from "@/server/platform/money";
import {
  abTestSchema,
  attachmentSchema,
  bodiesSchema,
  channelsSchema,
  contentLimits,
  fallBackSchema,
  languagesSchema,
  trackingSchema,
  utmSchema,
} from "./content";
import { campaignCategories, campaignGoals, campaignStatuses, campaignTypes } from "./status";

/** Longest name, subject and body that a campaign takes, in characters. */
export const limits = {
  name: 120,
  description: 2_000,
  fallback: 100,
  sender: 60,
  segments: 20,
  attributionDays: 365,
  ...contentLimits,
} as const;

const days = z.number().int().min(1, "At least 1 day.").max(3_650, "At most 3,650 days.");

/** What narrows any audience further. */
const narrowed = {
  /** The advisor (membership id) whose book it is within; the server says it, whatever is asked. */
  book: z.uuid().optional(),
  minEngagement: z.number().int().min(1, "From 1 to 100.").max(100, "From 1 to 100.").optional(),
  /** Nothing was heard from the customer for so many days. */
  quietDays: days.optional(),
  /** Something was heard in the last so many days. */
  recentDays: days.optional(),
};

/** Who a campaign is for. A draft may still have no tier chosen; launching it may not. */
export const audienceSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("all"), ...narrowed }),
  z.object({ kind: z.literal("tier"), tiers: z.array(z.enum(tiers)).max(tiers.length), ...narrowed }),
  // Whoever is in any of the first and in none of the second.
  z.object({
    kind: z.literal("segments"),
    include: z.array(z.uuid()).max(limits.segments),
    exclude: z.array(z.uuid()).max(limits.segments),
    ...narrowed,
  }),
]);
export type Audience = z.infer<typeof audienceSchema>;

const name = z
  .string()
  .trim()
  .min(1, "Give the campaign a name.")
  .max(limits.name, `Keep the name under ${limits.name} characters.`);

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time of day, like 10:30.");
const day = z.iso.date("A day, like 2026-12-31.");
/** Whose clock a time of day is read on. */
export const clocks = ["workspace", "recipient"] as const;

/** For one customer at a time, whenever something happens; the time is that of triggers that a day brings about. */
export const automatedSchema = z.object({
  kind: z.literal("automated"),
  ...automationFields,
  time: clock,
  clock: z.enum(clocks),
});

/** When it is sent. Times are of the workspace's zone, or each customer's own. */
export const scheduleSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("now") }),
  z.object({ kind: z.literal("later"), day, time: clock, clock: z.enum(clocks) }),
  z.object({
    kind: z.literal("recurring"),
    every: z.enum(["day", "week", "month"]),
    /** ISO days of the week, for `week`. */
    weekdays: z.array(z.number().int().min(1).max(7)).max(7),
    /** For `month`; in a month without it, its last day. */
    monthDay: z.number().int().min(1).max(31),
    time: clock,
    clock: z.enum(clocks),
    /** Null: from now on. */
    from: day.nullable(),
    /** The last day; null: until somebody ends it. */
    until: day.nullable(),
    /** At most so many runs; null: no such limit. */
    times: z.number().int().min(1).max(1_000).nullable(),
  }),
  automatedSchema,
]);
export type Schedule = z.infer<typeof scheduleSchema>;

const tag = z.string().trim().toLowerCase().min(1).max(30, "Keep a tag under 30 characters.");

export const createInput = z.object({
  name,
  type: z.enum(campaignTypes),
  goal: z.enum(campaignGoals),
  category: z.enum(campaignCategories),
  description: z.string().trim().max(limits.description).default(""),
});
export type CreateInput = z.input<typeof createInput>;

/** The fields of a draft that its builder edits. */
export const draftFields = z.object({
  name,
  type: z.enum(campaignTypes),
  goal: z.enum(campaignGoals),
  category: z.enum(campaignCategories),
  description: z
    .string()
    .max(limits.description, `Keep the description under ${limits.description} characters.`),
  audience: audienceSchema,
  channels: channelsSchema,
  languages: languagesSchema,
  bodies: bodiesSchema,
  fallBack: fallBackSchema.nullable(),
  /** Null: everybody gets the same. */
  abTest: abTestSchema.nullable(),
  attachments: z.array(attachmentSchema).max(10),
  utm: utmSchema.nullable(),
  tracking: trackingSchema,
  senderName: z
    .string()
    .trim()
    .min(1, "Write the sender’s name.")
    .max(limits.sender, `Keep the sender under ${limits.sender} characters.`)
    .nullable(),
  fallbacks: z.record(z.string(), z.string().max(limits.fallback)),
  /** The customer event that means the goal was reached; null: conversions are told by another system or by hand. */
  conversionEvent: eventName.nullable(),
  /** Null: the window of the goal, `goalWindows`. */
  attributionDays: z
    .number("Days are a whole number.")
    .int("Days are a whole number.")
    .min(1, "Count conversions for at least one day.")
    .max(limits.attributionDays, `Count conversions for at most ${limits.attributionDays} days.`)
    .nullable(),
  countsAutoDebit: z.boolean(),
  schedule: scheduleSchema,
  startsOn: day.nullable(),
  endsOn: day.nullable(),
  tags: z.array(tag).max(10, "At most 10 tags."),
  /** Percent. */
  holdOut: z.number().int().min(0).max(50, "At most 50 %."),
  /** Micro-units. */
  budget: z.bigint().positive("More than nothing, or no limit.").nullable(),
  ratePerSecond: z.number().min(0.01, "At least 0.01 a second.").max(9_999).nullable(),
  ownerId: z.uuid(),
});
export type DraftFields = z.infer<typeof draftFields>;

export const campaignId = z.object({ id: z.string() });

/** `version` is the one that the editor loaded or saved last. */
export const updateInput = campaignId.extend({
  version: z.number().int().positive(),
  changes: draftFields.partial(),
});
export type UpdateInput = z.input<typeof updateInput>;

/** A schedule, saved or not, whose next times are asked for. */
export const datesInput = draftFields.pick({
  schedule: true,
  audience: true,
  startsOn: true,
  endsOn: true,
});

/** What an approver says; a return needs words. */
const comment = z.string().trim().max(2_000, "Keep the comment under 2,000 characters.");
export const submitInput = campaignId.extend({
  version: z.number().int().positive(),
  comment: comment.default(""),
});
export const sendBackInput = submitInput.extend({
  comment: comment.min(1, "Say what should change."),
});

/** `version` is the one that the person looked at when they pressed the button. */
export const launchInput = campaignId.extend({ version: z.number().int().positive() });
export type LaunchInput = z.input<typeof launchInput>;

/** Empty: no limit. What a running campaign is held to, as a person types it. */
export const limitsInput = campaignId.extend({
  ratePerSecond: z
    .string()
    .trim()
    .regex(/^(\d{1,4}([.]\d{1,2})?)?$/, "Messages a second, like 20, or nothing for no limit.")
    .transform((text) => (text === "" ? null : Number(text)))
    .refine((rate) => rate === null || rate > 0, "At least 0.01, or nothing for no limit."),
  budget: z.string().transform((text, check) => {
    const micros = text.trim() === "" ? null : parseMoney(text);
    if (micros === null && text.trim() !== "")
      check.addIssue({ code: "custom", message: "An amount, like 25,000, or nothing for no limit." });
    return micros;
  }),
});
export type Limits = z.output<typeof limitsInput>;

/** A preview of content that need not be saved yet, as one customer of the audience. */
export const previewInput = draftFields
  .pick({
    category: true,
    channels: true,
    languages: true,
    bodies: true,
    fallbacks: true,
    audience: true,
  })
  .extend({
    /** For the links: a campaign without a term of its own is known by its name. */
    name: z.string().max(limits.name).default("preview"),
    utm: utmSchema.nullable().default(null),
    tracking: trackingSchema.default(() => trackingSchema.parse({})),
    senderName: z.string().max(limits.sender).nullable().default(null),
    /** Which message to show; absent: the first channel, and the customer's own language. */
    channel: z.enum(channels).optional(),
    language: z.string().optional(),
    /** Absent: the customer of the audience at `turn`, counted round. */
    customerId: z.string().optional(),
    turn: z.number().int().min(0).default(0),
    policyTypes: z.array(z.string()).max(200).default([]),
  });
export type PreviewInput = z.input<typeof previewInput>;

/** One message of the saved draft, to the person who asks. */
export const sendTestInput = campaignId.extend({
  channel: z.enum(channels),
  language: z.string(),
  /** Of an A/B test: its place; absent: the first, which says what the campaign says. */
  variant: z.number().int().min(0).max(4).default(0),
  to: z.string().trim().min(1, "Where should the test go?").max(254),
  /** Whose values fill it; absent: the first customer of the audience who reads the language. */
  customerId: z.string().optional(),
});
export type SendTestInput = z.input<typeof sendTestInput>;

export const testId = z.object({ testId: z.string() });

/** What is done with several campaigns at once. */
export const bulkActs = ["archive", "unarchive", "pause", "resume", "cancel", "deleteDraft"] as const;
export type BulkAct = (typeof bulkActs)[number];
export const bulkInput = z.object({
  act: z.enum(bulkActs),
  ids: z.array(z.string()).min(1).max(100, "At most 100 campaigns at once."),
});

/** Filters are lists: a campaign matches when its value is among them, or when the list is empty. */
export const listInput = z.object({
  status: z.array(z.enum(campaignStatuses)).default([]),
  type: z.array(z.enum(campaignTypes)).default([]),
  goal: z.array(z.enum(campaignGoals)).default([]),
  /** A campaign that may speak on one of them, the fall-back included. */
  channel: z.array(z.enum(channels)).default([]),
  /** User ids. */
  owner: z.array(z.uuid()).default([]),
  tag: z.array(z.string().max(30)).default([]),
  /** Only what was put away, or only what was not. */
  archived: z.boolean().default(false),
  search: z.string().trim().max(100).default(""),
  /** Ids of the last and the first row of the page that was left: at most one of the two. */
  after: z.string().optional(),
  before: z.string().optional(),
  /** Rows to leave out behind the cursor: for systems that count pages. */
  offset: z.number().int().min(0).max(10_000).default(0),
  limit: z.number().int().min(1).max(100).default(25),
});
export type ListInput = z.input<typeof listInput>;

type Query = Record<string, string | string[] | undefined>;

/** The list that an address asks for; what it cannot mean is left out, so that an old link still opens. */
export function listInputOf(query: Query): z.infer<typeof listInput> {
  const among = <Value extends string>(name: string, values: readonly Value[]): Value[] =>
    values.filter((value) => [query[name]].flat().includes(value));
  const several = (name: string): string[] => [query[name]].flat().filter((value) => value !== undefined);
  const one = (name: string): string | undefined => [query[name]].flat()[0] || undefined;
  return listInput.parse({
    status: among("status", campaignStatuses),
    type: among("type", campaignTypes),
    goal: among("goal", campaignGoals),
    channel: among("channel", channels),
    owner: several("owner").filter((id) => z.uuid().safeParse(id).success),
    tag: several("tag").filter((tag) => tag.length <= 30),
    archived: one("archived") === "yes",
    search: one("q")?.slice(0, 100),
    after: one("after"),
    before: one("after") ? undefined : one("before"),
  });
}
