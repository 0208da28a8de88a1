import { z } from "zod";
import {
  type CallbackTier,
  callbackMessageKinds,
  callbackPriorities,
  callbackSources,
  callbackStatuses,
  queueTabs,
  requestTypes,
  tierWeights,
  type Urgency,
  urgencies,
} from "./status";

/** Longest texts that a request takes, in characters. */
export const limits = { name: 120, description: 4_000, tag: 40 } as const;

const urgencyKeys = Object.keys(urgencies) as [Urgency, ...Urgency[]];
const tierKeys = Object.keys(tierWeights) as [CallbackTier, ...CallbackTier[]];

/** A slot that was promised; `[start, end)`. */
export const slotSchema = z
  .object({ start: z.coerce.date(), end: z.coerce.date() })
  .refine(({ start, end }) => end > start, {
    message: "The time has to end after it starts.",
    path: ["end"],
  });

/** Whose times are asked for: a request's own, or those of what is written down so far. */
export const slotsInput = z.object({
  callbackId: z.string().optional(),
  customerId: z.string().nullish(),
  phone: z.string().max(40).optional(),
  requestType: z.string().max(60).optional(),
});
export type SlotsInput = z.infer<typeof slotsInput>;

export const requestInput = z.object({
  customerId: z.string().nullish(),
  customerName: z.string().trim().max(limits.name).default(""),
  /** As it was typed; needed unless the customer has one. */
  phone: z.string().trim().max(40).nullish(),
  email: z.string().trim().max(254).nullish(),
  requestType: z
    .string()
    .trim()
    .min(1, "Say what the call is about.")
    .max(60)
    .regex(/^[a-z0-9_]+$/, "Use small letters, digits and underscores."),
  description: z.string().trim().max(limits.description).default(""),
  category: z.string().trim().max(60).nullish(),
  tags: z.array(z.string().trim().min(1).max(limits.tag)).max(20).default([]),
  urgency: z.enum(urgencyKeys).default("medium"),
  language: z.string().max(20).nullish(),
  source: z.enum(callbackSources),
  /** The same key from the same source twice is one request. */
  sourceKey: z.string().max(200).nullish(),
  slot: slotSchema.nullish(),
  execution: z
    .object({ campaignId: z.string(), part: z.number(), runNumber: z.number(), seq: z.number() })
    .nullish(),
});
export type RequestInput = z.input<typeof requestInput>;

const words = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === "string" ? [value] : value));
const oneOf = <Value extends string>(values: readonly Value[]) =>
  words.transform((list) => values.filter((value) => list.includes(value))).default([]);

/** A page of the queue, as it stands in the address; what is malformed is left out. */
export const listCallbacksInput = z.object({
  tab: z.enum(queueTabs).catch("all").default("all"),
  type: words.transform((list) => list.filter((key) => /^[a-z0-9_]{1,60}$/.test(key))).default([]),
  source: oneOf(callbackSources),
  urgency: oneOf(urgencyKeys),
  tier: oneOf(tierKeys),
  status: oneOf(callbackStatuses),
  /** Membership ids, or `nobody`. */
  assignee: words
    .transform((list) => list.filter((id) => id === "nobody" || z.uuid().safeParse(id).success))
    .default([]),
  search: z.string().trim().max(100).catch("").default(""),
  /** With the tab `closed`: only what was completed since midnight. */
  today: z.boolean().catch(false).default(false),
  priority: oneOf(callbackPriorities),
  after: z.uuid().nullish().catch(null),
  before: z.uuid().nullish().catch(null),
  /** Rows to leave out behind the cursor: for systems that count pages. */
  offset: z.number().int().min(0).max(10_000).default(0),
  limit: z.number().int().min(1).max(100).default(50),
});
export type ListCallbacksInput = z.infer<typeof listCallbacksInput>;

type Params = Record<string, string | string[] | undefined>;

/** The queue's input in a page's address. */
export function queueInputOf(params: Params): ListCallbacksInput {
  const one = (name: string) => [params[name]].flat()[0];
  const many = (name: string) => params[name] ?? [];
  return listCallbacksInput.parse({
    tab: one("tab") ?? "all",
    type: many("type"),
    source: many("source"),
    urgency: many("urgency"),
    tier: many("tier"),
    status: many("status"),
    assignee: many("assignee"),
    search: one("q") ?? "",
    today: one("today") === "1",
    after: one("after"),
    before: one("before"),
  });
}

/** What a member writes down; the number may be left out for a customer who has one. */
export const byHandInput = requestInput
  .pick({
    customerId: true,
    customerName: true,
    phone: true,
    requestType: true,
    description: true,
    urgency: true,
    email: true,
    category: true,
    tags: true,
    language: true,
    slot: true,
  })
  .extend({ sourceKey: z.string().max(200).nullish() });

/** What a customer may do with the own request on its signed page. */
export const customerWish = z.discriminatedUnion("do", [
  z.object({ do: z.literal("move"), start: z.iso.datetime() }),
  z.object({ do: z.literal("cancel") }),
  z.object({ do: z.literal("rate"), satisfaction: z.coerce.number().int().min(1).max(5) }),
]);
export type CustomerWish = z.input<typeof customerWish>;

/** One message of the queue: whether it goes, and in which words. */
export const saveMessageInput = z.object({
  kind: z.enum(callbackMessageKinds),
  enabled: z.boolean(),
  /** A template of the library; null: the e-mail alone. */
  templateId: z.uuid().nullable(),
  subject: z.string().trim().min(1, "Write a subject.").max(200, "Keep the subject under 200 characters."),
  body: z.string().trim().min(1, "Write the message.").max(5_000, "Keep the message under 5,000 characters."),
  leadMinutes: z
    .number("Give whole minutes.")
    .int("Give whole minutes.")
    .min(10, "At least 10 minutes.")
    .max(1_440, "At most one day."),
});
export type SaveMessage = z.infer<typeof saveMessageInput>;

const typeKeys = Object.keys(requestTypes) as [string, ...string[]];

/** The public form for calls. Whoever fills it in sets no urgency. */
export const callMeInput = z.object({
  name: z.string().trim().max(limits.name).default(""),
  phone: z.string().trim().min(1, "Write the number that we should call.").max(40),
  about: z.enum(typeKeys).catch("general_inquiry"),
  words: z.string().trim().max(1_000).default(""),
  /** Made with the page: sent twice by a slow line, it is one ask. */
  key: z.string().trim().min(1).max(80),
});
export type CallMeInput = z.input<typeof callMeInput>;

/** What the customer of a message says on its page; the number only where none is known. */
export const askInput = z.object({
  phone: z.string().trim().max(40).default(""),
  about: z.enum(typeKeys).catch("general_inquiry"),
  words: z.string().trim().max(1_000).default(""),
  /** Made with the page: sent twice by a slow line, it is one ask. */
  key: z.string().trim().min(1).max(80),
});
export type AskInput = z.input<typeof askInput>;

/** `https://www.example.com`, as a browser names the page's origin. */
const originSchema = z
  .string()
  .trim()
  .transform((text) => (URL.canParse(text) ? new URL(text).origin : text))
  .refine((origin) => /^https?:\/\/[^/]+$/.test(origin), "Write an address like https://www.example.com.");

/** Which pages may show the button for calls. */
export const saveWidgetInput = z.object({
  enabled: z.boolean(),
  /** Empty lines are none. */
  origins: z
    .array(z.string().max(300))
    .transform((lines) => lines.filter((line) => line.trim() !== ""))
    .pipe(z.array(originSchema).max(20, "At most 20 addresses.")),
});
export type SaveWidget = z.infer<typeof saveWidgetInput>;

/** What somebody wrote into the form on a company's own page. */
export const widgetInput = callMeInput.omit({ key: true }).extend({ token: z.string().max(200) });
export type WidgetInput = z.input<typeof widgetInput>;
