import type { ZodObject } from "zod";
import { metaConfig, metaSecrets } from "./meta/schemas";
import { msg91Config, msg91Secrets } from "./msg91/schemas";
import { smtpConfig, smtpSecrets } from "./smtp/schemas";
import { twilioConfig, twilioSecrets } from "./twilio/schemas";

/** Providers whose accounts people set up; the sandbox and the installation's mail server are there by themselves. */
export const ownProviders = ["meta", "twilio", "msg91", "smtp"] as const;
export type OwnProvider = (typeof ownProviders)[number];

/** What an account of each needs. Secrets are written and never read back. */
export const providerForms = {
  meta: { config: metaConfig, secrets: metaSecrets },
  twilio: { config: twilioConfig, secrets: twilioSecrets },
  msg91: { config: msg91Config, secrets: msg91Secrets },
  smtp: { config: smtpConfig, secrets: smtpSecrets },
} as const satisfies Record<OwnProvider, { config: ZodObject; secrets: ZodObject }>;
