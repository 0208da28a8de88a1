import { z } from "zod";
import { callPurposes, telephonyProviderKeys } from "./status";

const MOST_CALLS_PER_MINUTE = 600;

const name = z.string().trim().min(1, "Give the account a name, so that you find it again.").max(60);
const settings = {
  provider: z.enum(telephonyProviderKeys),
  config: z.record(z.string(), z.unknown()),
  /** Those that stay empty are kept as they are stored. */
  secrets: z.record(z.string(), z.string().max(2_000)),
};

export const saveAccountInput = z.object({
  /** Null: a new one. */
  accountId: z.string().nullable(),
  name,
  ...settings,
  /** How many calls may begin in a minute; left out: as it is, and for a new account what the provider allows. */
  callsPerMinute: z
    .number("Give a whole number of calls a minute.")
    .int("Give a whole number of calls a minute.")
    .min(1, "At least 1 call a minute.")
    .max(MOST_CALLS_PER_MINUTE, `At most ${MOST_CALLS_PER_MINUTE} calls a minute.`)
    .optional(),
});
export type SaveAccountInput = z.infer<typeof saveAccountInput>;
export const checkAccountInput = z.object({ accountId: z.string().nullable(), ...settings });
export type CheckAccountInput = z.infer<typeof checkAccountInput>;
export const accountIdInput = z.object({ accountId: z.string() });

export const lineInput = z.object({
  purpose: z.enum(callPurposes),
  /** As people write it: `1600 123 456`, `+91 80 3075 2400`. */
  number: z.string().trim().min(1, "Enter the number that customers see.").max(24),
  accountId: z.string().min(1, "Choose the account that it belongs to."),
});
export type LineInput = z.infer<typeof lineInput>;
export const purposeInput = z.object({ purpose: z.enum(callPurposes) });

export const rulesInput = z.object({
  /** A regulated insurer in India: the bridge only, from 1600 and 140 lines. */
  regulated: z.boolean(),
  record: z.boolean(),
});
export type TelephonyRules = z.infer<typeof rulesInput>;

export const topicInput = z.object({
  requestType: z.string().trim().min(1).max(60),
  purpose: z.enum(callPurposes),
  script: z.string().trim().max(2_000, "At most 2,000 characters: an agent reads it out."),
});
export type TopicInput = z.infer<typeof topicInput>;
