import { z } from "zod";
import { channels } from "@/server/channels/status";
import { eventName } from "@/server/events/schemas";
import { smsBody, whatsappBody } from "@/server/templates/content";

export const limits = { triggers: 20, steps: 50, conditions: 10, days: 365, againHours: 24 * 366 } as const;

const whole = (least: number, most: number, unit: string) =>
  z
    .number(`A whole number of ${unit}.`)
    .int(`A whole number of ${unit}.`)
    .min(least, `At least ${least}.`)
    .max(most, `At most ${most}.`);
const days = (least: number) => whole(least, limits.days, "days");

/** How an event's property is compared; `is` and `is_not` as texts, the others as numbers. */
export const propertyOps = ["is", "is_not", "at_least", "at_most"] as const;
const propertyCondition = z
  .object({
    key: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,59}$/, "A property's name is made of lower-case letters, digits and _."),
    op: z.enum(propertyOps),
    value: z.string().trim().min(1, "Write the value.").max(200),
  })
  .refine(({ op, value }) => op === "is" || op === "is_not" || /^-?\d{1,12}([.]\d{1,4})?$/.test(value), {
    path: ["value"],
    message: "A number, like 50000.",
  });
export type PropertyCondition = z.infer<typeof propertyCondition>;

/** What may narrow any trigger: empty lists narrow nothing. */
const narrowed = {
  /** In any of these segments. */
  segments: z.array(z.uuid()).max(limits.conditions).default([]),
  /** The policy that it is about, or any of the customer's where it is about none, is of one of these types. */
  policyTypes: z.array(z.string().min(1).max(60)).max(limits.conditions).default([]),
};

/** What starts an automated campaign for one customer. Days are of the workspace's or the customer's zone. */
export const triggerSchema = z.discriminatedUnion("on", [
  z.object({ on: z.literal("renewal"), days: days(0), ...narrowed }),
  z.object({ on: z.literal("premium_due"), days: days(0), ...narrowed }),
  z.object({ on: z.literal("overdue"), days: days(1), ...narrowed }),
  z.object({ on: z.literal("grace"), ...narrowed }),
  z.object({ on: z.literal("grace_ends"), ...narrowed }),
  z.object({ on: z.literal("lapsed"), days: days(1), ...narrowed }),
  z.object({ on: z.literal("birthday"), ...narrowed }),
  z.object({ on: z.literal("anniversary"), ...narrowed }),
  z.object({ on: z.literal("inactive"), days: days(1), ...narrowed }),
  z.object({
    on: z.literal("event"),
    name: eventName,
    properties: z.array(propertyCondition).max(limits.conditions).default([]),
    ...narrowed,
  }),
  z.object({
    on: z.literal("score"),
    direction: z.enum(["rises", "falls"]),
    // Crossings are recorded at multiples of five (`server/engagement`).
    score: whole(5, 95, "points").multipleOf(5, "A multiple of five."),
    ...narrowed,
  }),
  z.object({
    on: z.literal("segment"),
    segment: z.string(),
    change: z.enum(["entered", "left"]),
    ...narrowed,
  }),
]);
export type Trigger = z.infer<typeof triggerSchema>;
export type TriggerKind = Trigger["on"];

const dueKinds: readonly TriggerKind[] = [
  "renewal",
  "premium_due",
  "overdue",
  "grace",
  "grace_ends",
  "lapsed",
];
/** Whether it is about a day on which something of a policy falls due. */
const isDueTrigger = (trigger: Trigger): boolean => dueKinds.includes(trigger.on);

/**
 * The types of the policies that a message's list of what is due names; none: of every type. Those that the triggers of a due
 * day ask for: who came in for another reason, a birthday say, says nothing of what falls due. Without such triggers, all count.
 */
export function listedTypes(triggers: readonly Trigger[]): string[] {
  const due = triggers.filter(isDueTrigger);
  const asking = due.length > 0 ? due : triggers;
  // One trigger of every type is enough for a list of every type.
  const every = asking.some((trigger) => trigger.policyTypes.length === 0);
  return every ? [] : [...new Set(asking.flatMap((trigger) => trigger.policyTypes))];
}

const dateKinds: readonly TriggerKind[] = [...dueKinds, "birthday", "anniversary", "inactive"];
/** Whether a day brings it about, not something that happens. */
export const isDateTrigger = (trigger: Trigger): boolean => dateKinds.includes(trigger.on);

/** By what a trigger is found when something happens: `automation_triggers.listens`. */
export function listensTo(trigger: Trigger): string {
  if (trigger.on === "event") return `event:${trigger.name}`;
  if (trigger.on === "segment") return `segment:${trigger.segment}`;
  return trigger.on === "score" ? "score" : "date";
}

/** The first release kept the words of an e-mail without saying that they are one's. */
const fromFormerOwn = (own: unknown): unknown =>
  typeof own === "object" && own !== null && "subject" in own ? { email: own } : own;

/** What a follow-up says in place of the campaign's words, by channel; only that of its own channel counts. */
export const ownWords = z.preprocess(
  fromFormerOwn,
  z.object({
    email: z
      .object({
        subject: z.string().trim().min(1, "Write a subject.").max(200),
        body: z.string().trim().min(1, "Write the message.").max(20_000),
      })
      .optional(),
    sms: smsBody.optional(),
    whatsapp: whatsappBody.optional(),
  }),
);
export type OwnWords = z.output<typeof ownWords>;

/** Longest wait of one step, in days: workflow engines sleep no longer than 366. */
const amount = whole(1, 366, "minutes, hours or days");
/** What the first message is followed by, one after the other; who converted, paid, answered or opted out leaves before. */
export const stepSchema = z.discriminatedUnion("do", [
  z.object({ do: z.literal("wait"), amount, unit: z.enum(["minutes", "hours", "days"]) }),
  /** Until a local day and hour of the workspace. */
  z.object({
    do: z.literal("wait_until"),
    day: z.iso.date("A day, like 2026-12-31."),
    time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time of day, like 10:30."),
  }),
  /** Until something happens, at most so long. */
  z.object({
    do: z.literal("wait_event"),
    name: eventName,
    amount,
    unit: z.enum(["minutes", "hours", "days"]),
    otherwise: z.enum(["go_on", "leave"]),
  }),
  /** Goes on only if it holds; otherwise leaves, or leaves out the next step. */
  z.object({
    do: z.literal("check"),
    holds: z.enum(["not_opened", "not_clicked", "unpaid", "in_segment"]),
    segment: z.string().default(""),
    otherwise: z.enum(["leave", "skip"]),
  }),
  /** A message on a channel: with words of its own, else with the campaign's for that channel. */
  z.object({ do: z.literal("send"), channel: z.enum(channels), own: ownWords.nullable().default(null) }),
  /** Writes down the value of a custom attribute, as it would be typed; nothing takes the value away. */
  z.object({
    do: z.literal("set_attribute"),
    key: z.string().max(60),
    value: z.string().trim().max(500, "At most 500 characters.").default(""),
  }),
  /** Asks for a call to the customer; for who has an open request about the same, it counts as one more ask. */
  z.object({
    do: z.literal("callback"),
    about: z.string().regex(/^[a-z0-9_]{1,60}$/, "Choose what the call is about."),
    urgency: z.enum(["critical", "high", "medium", "low"]),
    text: z.string().trim().max(500, "At most 500 characters.").default(""),
  }),
  z.object({ do: z.literal("notify"), text: z.string().trim().min(1, "Write the sentence.").max(200) }),
  z.object({ do: z.literal("leave") }),
]);
export type Step = z.infer<typeof stepSchema>;

/** What makes somebody leave, asked before each step. */
export const exits = ["paid", "replied", "unsubscribed", "converted"] as const;
export type Exit = (typeof exits)[number];

/** When an automated campaign's messages go, and to whom again. Part of the campaign's schedule. */
export const automationFields = {
  triggers: z.array(triggerSchema).max(limits.triggers, `At most ${limits.triggers} triggers.`),
  /** Hours in which a customer does not enter again; null: once for ever. */
  againHours: whole(0, limits.againHours, "hours").nullable().default(24),
  /** A customer with two policies gets a message about each; false: one, which may list all (`policies_due`). */
  eachPolicy: z.boolean().default(true),
  steps: z.array(stepSchema).max(limits.steps, `At most ${limits.steps} steps.`).default([]),
  exits: z.array(z.enum(exits)).default(["paid", "replied", "unsubscribed", "converted"]),
};

/** The schedule of an automated campaign; `time` and `clock` are those of triggers that a day brings about. */
export type Automated = z.infer<z.ZodObject<typeof automationFields>> & {
  kind: "automated";
  time: string;
  clock: "workspace" | "recipient";
};
