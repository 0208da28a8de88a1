import { z } from "zod";

const sid = (prefix: string, what: string) =>
  z
    .string()
    .trim()
    .regex(
      new RegExp(`^${prefix}[0-9a-fA-F]{32}$`),
      `${what} begins with ${prefix} and has 32 more characters.`,
    );

/** Twilio, for SMS or WhatsApp: what is not secret. */
export const twilioConfig = z
  .object({
    accountSid: sid("AC", "The account SID"),
    /** An E.164 number, or an alphanumeric sender where the country allows one. Empty with a messaging service. */
    from: z
      .string()
      .trim()
      .regex(/^(\+[1-9]\d{6,14}|[A-Za-z0-9 ]{3,11}|)$/, "A number like +14155552345, or a sender name.")
      .default(""),
    messagingServiceSid: z.union([z.literal(""), sid("MG", "The messaging service")]).default(""),
  })
  .refine(({ from, messagingServiceSid }) => from !== "" || messagingServiceSid !== "", {
    path: ["from"],
    message: "Give the number that sends, or a messaging service.",
  });
export type TwilioConfig = z.infer<typeof twilioConfig>;

export const twilioSecrets = z.object({
  /** Also signs what Twilio posts to us. */
  authToken: z.string().trim().min(16, "Paste the auth token of the account.").max(200),
});
export type TwilioSecrets = z.infer<typeof twilioSecrets>;
