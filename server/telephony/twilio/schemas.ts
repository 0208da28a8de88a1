import { z } from "zod";

export const twilioVoiceConfig = z.object({
  accountSid: z
    .string()
    .trim()
    .regex(/^AC[0-9a-fA-F]{32}$/, "The account SID begins with AC and has 32 more characters."),
});
export type TwilioVoiceConfig = z.infer<typeof twilioVoiceConfig>;

export const twilioVoiceSecrets = z.object({
  /** Also signs what Twilio posts to us. */
  authToken: z.string().trim().min(16, "Paste the auth token of the account.").max(200),
});
export type TwilioVoiceSecrets = z.infer<typeof twilioVoiceSecrets>;
