import { env } from "@/env";
import { mac } from "@/server/platform/secrets";
import type { TelephonyProvider } from "./status";

/** Where a provider posts what becomes of an account's calls. */
export const webhookAddress = (accountId: string): string =>
  `${env.RINGBACK_URL}/api/webhooks/calls/${accountId}`;

/** Proves that a call comes from somebody who was given the account's address; for providers that sign nothing. */
export const webhookKey = (accountId: string): string =>
  mac("telephony-webhook-key", accountId).toString("base64url").slice(0, 32);

/** Where a provider tells of a call that a customer made and nobody took; people copy it into its console. */
export function missedCallAddress({ id, provider }: { id: string; provider: TelephonyProvider }): string {
  const address = `${webhookAddress(id)}/missed`;
  return provider === "exotel" ? `${address}?key=${webhookKey(id)}` : address;
}

/** Whether a report came to that address. */
export const isMissedCall = (url: string): boolean => new URL(url).pathname.endsWith("/missed");

/** The id of our call in an address that was made for it; null for others. */
export const callIdOf = (url: string): string | null => new URL(url).searchParams.get("call");
