import { env } from "@/env";
import { mac } from "@/server/platform/secrets";

/** Where a provider posts what becomes of an account's calls. */
export const webhookAddress = (accountId: string): string =>
  `${env.RINGBACK_URL}/api/webhooks/calls/${accountId}`;

/** Proves that a call comes from somebody who was given the account's address; for providers that sign nothing. */
export const webhookKey = (accountId: string): string =>
  mac("telephony-webhook-key", accountId).toString("base64url").slice(0, 32);

/** The id of our call in an address that was made for it; null for others. */
export const callIdOf = (url: string): string | null => new URL(url).searchParams.get("call");
