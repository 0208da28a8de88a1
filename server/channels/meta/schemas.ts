import { z } from "zod";

const digits = z
  .string()
  .trim()
  .regex(/^\d{5,20}$/, "Copy the number as Meta shows it: digits only.");

/** WhatsApp Cloud API: what is not secret. */
export const metaConfig = z.object({
  /** The id of the sending number, not the number itself. */
  phoneNumberId: digits,
  businessAccountId: digits,
  /** The number as people see it, for the screens; filled by "check the connection". */
  displayNumber: z.string().trim().max(30).default(""),
});
export type MetaConfig = z.infer<typeof metaConfig>;

export const metaSecrets = z.object({
  accessToken: z.string().trim().min(20, "Paste the permanent access token of the system user.").max(1_000),
  /** Signs what Meta posts to us. */
  appSecret: z.string().trim().min(16, "Paste the app secret: it is under App settings, Basic.").max(200),
});
export type MetaSecrets = z.infer<typeof metaSecrets>;
