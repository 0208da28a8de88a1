import { env } from "@/env";
import { mac } from "@/server/platform/secrets";
import type { Provider } from "./status";

/** Whose webhook it is. `webhookGeneration` rises with each rotation; left out: the first. */
type Door = { id: string; webhookGeneration?: number };

/** Where a provider posts what becomes of an account's messages: this is what people copy into its console. */
export function webhookAddress(door: Door & { provider: Provider }): string {
  const address = `${env.RINGBACK_URL}/api/webhooks/${door.provider}/${door.id}`;
  return door.provider === "msg91" ? `${address}?key=${webhookKey(door)}` : address;
}

/** Proves that a call comes from somebody who was given the account's address; for providers that sign nothing. */
export const webhookKey = (door: Door): string => derived("webhook-key", door);

/** What Meta has to repeat before it may post to us; made from the account, so that nothing is stored. */
export const verifyToken = (door: Door): string => derived("webhook-verify-token", door);

const derived = (purpose: string, { id, webhookGeneration = 0 }: Door): string =>
  mac(purpose, webhookGeneration === 0 ? id : `${id} ${webhookGeneration}`)
    .toString("base64url")
    .slice(0, 32);
