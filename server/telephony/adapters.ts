import { decryptSecret } from "@/server/platform/secrets";
import type { TelephonyAdapter } from "./adapter";
import { exotelAdapter } from "./exotel";
import { exotelConfig, exotelSecrets } from "./exotel/schemas";
import type { TelephonyProvider } from "./status";
import { twilioVoiceAdapter } from "./twilio";
import { twilioVoiceConfig, twilioVoiceSecrets } from "./twilio/schemas";
import { webhookAddress, webhookKey } from "./webhook-address";

/** What an adapter is made from. */
export type TelephonyAccountRow = {
  id: string;
  provider: TelephonyProvider;
  config: Record<string, unknown>;
  encryptedSecrets: string;
};

type Settings = Omit<TelephonyAccountRow, "encryptedSecrets"> & { secrets: Record<string, string> };

const builders: Record<TelephonyProvider, (settings: Settings) => TelephonyAdapter> = {
  exotel: ({ id, config, secrets }) =>
    exotelAdapter({
      config: exotelConfig.parse(config),
      secrets: exotelSecrets.parse(secrets),
      door: webhookAddress(id),
      key: webhookKey(id),
    }),
  twilio: ({ id, config, secrets }) =>
    twilioVoiceAdapter({
      config: twilioVoiceConfig.parse(config),
      secrets: twilioVoiceSecrets.parse(secrets),
      door: webhookAddress(id),
    }),
};

const pool = new Map<string, { made: string; adapter: TelephonyAdapter }>();

/**
 * The one adapter of an account in this process; made again when its settings change.
 * @throws Error when the stored secrets cannot be read (another RINGBACK_SECRET) or settings are incomplete
 */
export function telephonyAdapterOf(row: TelephonyAccountRow): TelephonyAdapter {
  const made = JSON.stringify([row.provider, row.config, row.encryptedSecrets]);
  const known = pool.get(row.id);
  if (known?.made === made) return known.adapter;
  const adapter = makeTelephonyAdapter({ ...row, secrets: openSecrets(row.encryptedSecrets) });
  pool.set(row.id, { made, adapter });
  void known?.adapter.close();
  return adapter;
}

/** One outside the pool: to ask a provider about settings that are not saved. Close it afterwards. */
export const makeTelephonyAdapter = (settings: Settings): TelephonyAdapter =>
  builders[settings.provider](settings);

/** The stored secrets in the clear. @throws Error when they were stored with another RINGBACK_SECRET */
export const openSecrets = (encrypted: string): Record<string, string> =>
  JSON.parse(decryptSecret(encrypted)) as Record<string, string>;

/** Ends every connection; for the end of a process or a test. */
export async function closeTelephonyAdapters(): Promise<void> {
  const open = [...pool.values()];
  pool.clear();
  await Promise.all(open.map(({ adapter }) => adapter.close()));
}
