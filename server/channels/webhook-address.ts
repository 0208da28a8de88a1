import { env } from "@/env";
import { mac } from "@/server/platform/secrets";
import type { Provider } from "./status";

/** Where a provider posts what becomes of an account's messages: this is what people copy into its console. */
export function webhookAddress({ id, provider }: { id: string; provider: Provider }): string {
  const address = `${env.RINGBACK_URL}/api/webhooks/${provider}/${id}`;
  return provider === "msg91" ? `${address}?key=${webhookKey(id)}` : address;
}

/** Proves that a call comes from somebody who was given the account's address; for providers that sign nothing. */
export const webhookKey = (accountId: string): string =>
  mac("webhook-key", accountId).toString("base64url").slice(0, 32);
/** What Meta has to repeat before it may post to us; made from the account, so that nothing is stored. */
export const verifyToken = (accountId: string): string =>
  mac("webhook-verify-token", accountId).toString("base64url").slice(0, 32);
