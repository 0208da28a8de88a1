import type { Account } from "@/server/channels";
import type { ResultRow } from "@/server/deliveries/record-results";
import { counter } from "@/server/platform/metrics";

const results = counter("ringback_messages_total", "Results of messages, by channel, provider and state.");
const refusals = counter(
  "ringback_provider_errors_total",
  "Messages that a provider refused or asked to wait with, by reason.",
);

/** Counts what an account said to a micro-batch; the rate of `state="sent"` and `"delivered"` is sends a second. */
export function countResults(
  { channel, provider }: Pick<Account, "channel" | "provider">,
  rows: readonly ResultRow[],
): void {
  for (const { state, reason } of rows) {
    results.add({ channel, provider, state });
    if (state === "failed" || state === "retrying" || state === "unknown")
      refusals.add({ provider, reason: reason ?? state });
  }
}
