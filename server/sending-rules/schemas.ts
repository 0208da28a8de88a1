import { z } from "zod";

/** Promotional messages on one channel to one customer in any `days` days, over all campaigns. */
export const capSchema = z.object({
  most: z
    .number({ error: "Enter a number." })
    .int("Enter a whole number.")
    .min(1, "At least 1.")
    .max(100, "At most 100."),
  days: z
    .number({ error: "Enter a number." })
    .int("Enter a whole number.")
    .min(1, "At least 1 day.")
    .max(90, "At most 90 days."),
});
export type Cap = z.infer<typeof capSchema>;

/** Null: no cap on that channel. */
export const capsSchema = z.object({
  email: capSchema.nullable(),
  sms: capSchema.nullable(),
  whatsapp: capSchema.nullable(),
});
export type Caps = z.infer<typeof capsSchema>;

/** What a workspace says about frequency and about old payment data. */
export const sendingRulesSchema = z.object({
  caps: capsSchema,
  /** Service messages about one policy on one day; null: as many as come. Failed payments count apart. */
  servicePerPolicyDay: z.number().int().min(1, "At least 1.").max(20, "At most 20.").nullable(),
  /** Messages about payments wait while the payments data is older than this; null: they never wait. */
  paymentsMaxAgeHours: z.number().int().min(1, "At least 1 hour.").max(720, "At most 720 hours.").nullable(),
});
export type SendingRules = z.infer<typeof sendingRulesSchema>;

/** What a workspace has that never changed it. */
export const defaultSendingRules: SendingRules = {
  caps: { email: { most: 2, days: 7 }, sms: { most: 2, days: 7 }, whatsapp: { most: 2, days: 7 } },
  servicePerPolicyDay: 1,
  paymentsMaxAgeHours: 24,
};

export const hoursChannels = ["whatsapp", "sms", "email", "call"] as const;
export const hoursPurposes = ["promotional", "service", "requested"] as const;

/** Whose hours: `requested` are calls that the customer asked for. */
export const hoursKey = z.object({
  country: z.string().regex(/^[A-Z]{2}$/, "Choose a country."),
  channel: z.enum(hoursChannels),
  purpose: z.enum(hoursPurposes),
});
export type HoursKey = z.infer<typeof hoursKey>;

const MINUTES_A_DAY = 1_440;

/** Hours of contact at the recipient's place, from a day on: from the first minute up to, and not at, the second. */
export const hoursSchema = hoursKey
  .extend({
    validFrom: z.iso.date("Choose a day."),
    fromMinute: z
      .number()
      .int()
      .min(0)
      .max(MINUTES_A_DAY - 1),
    toMinute: z.number().int().min(1).max(MINUTES_A_DAY),
    days: z.array(z.number().int().min(1).max(7)).min(1, "Choose at least one day of the week.").max(7),
  })
  .refine(({ fromMinute, toMinute }) => fromMinute < toMinute, {
    path: ["toMinute"],
    message: "The end must be after the beginning.",
  });
export type HoursInput = z.infer<typeof hoursSchema>;

export const hoursRowKey = hoursKey.extend({ validFrom: z.iso.date() });
export type HoursRowKey = z.infer<typeof hoursRowKey>;
