import { z } from "zod";

/** A mail server of the workspace's own: what is not secret. */
export const smtpConfig = z.object({
  host: z
    .string()
    .trim()
    .min(1, "The name of the mail server, like smtp.example.com.")
    .max(253)
    .regex(/^[\w.:-]+$/, "Only the server's name, without smtp://."),
  port: z.coerce.number().int().min(1).max(65_535).default(587),
  /** `starttls`: begins plain and must become secure where the server offers it; `tls`: secure from the first byte. */
  security: z.enum(["starttls", "tls"]).default("starttls"),
  user: z.string().trim().max(254).default(""),
  fromAddress: z.email("The address that mail comes from.").trim(),
});
export type SmtpConfig = z.infer<typeof smtpConfig>;

/** Empty for a server that asks for none. */
export const smtpSecrets = z.object({ password: z.string().max(500).default("") });
