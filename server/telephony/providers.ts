import type { ZodObject } from "zod";
import { exotelConfig, exotelSecrets } from "./exotel/schemas";
import type { TelephonyProvider } from "./status";
import { twilioVoiceConfig, twilioVoiceSecrets } from "./twilio/schemas";

/** What an account of each provider needs. Secrets are written and never read back. */
export const telephonyForms = {
  exotel: { config: exotelConfig, secrets: exotelSecrets },
  twilio: { config: twilioVoiceConfig, secrets: twilioVoiceSecrets },
} as const satisfies Record<TelephonyProvider, { config: ZodObject; secrets: ZodObject }>;
