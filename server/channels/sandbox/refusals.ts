import type { OutboundMessage, SendOutcome } from "../adapter";
import { drawnFrom, drawsOf } from "./draws";
import type { SandboxConfig } from "./schemas";

/** What the sandbox says instead of delivering; null: it delivers. */
export type Refusal = (message: OutboundMessage) => SendOutcome | null;

const THROTTLE_MS = 2_000;

/** Refuses the account's shares of messages: an address bounces always or never, throttling is drawn for each attempt. */
export const refusalsOf =
  ({ bounce, throttle, seed }: SandboxConfig, random: () => number = drawsOf(seed)): Refusal =>
  ({ to }) => {
    if (bounce > 0 && drawnFrom(to.address.toLowerCase()) < bounce)
      return {
        kind: "failed",
        reason: "address_refused",
        detail: "sandbox: this address is scripted to bounce",
        suppress: true,
      };
    if (throttle > 0 && random() < throttle)
      return { kind: "again", reason: "throttled", detail: "sandbox: slow down", afterMs: THROTTLE_MS };
    return null;
  };
