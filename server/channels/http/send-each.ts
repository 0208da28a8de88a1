import type { OutboundMessage, SendHooks, SendOutcome } from "../adapter";
import type { Slots } from "./slots";

/** A message that is ready to go: its call, or why it cannot be made. */
export type Prepared = { deliver: () => Promise<SendOutcome> } | { outcome: SendOutcome };

/**
 * Hands messages over one call each, as many at once as the account's slots allow, started in their order. Nothing more is
 * begun once `start` said no, or after an answer that concerns all of them (set-up, unreachable, nothing to hand over).
 */
export async function sendEach(
  messages: readonly OutboundMessage[],
  hooks: SendHooks,
  { slots, prepare }: { slots: Slots; prepare: (message: OutboundMessage) => Prepared | Promise<Prepared> },
): Promise<SendOutcome[]> {
  const outcomes: SendOutcome[] = messages.map(() => ({ kind: "not_started" }));
  const ready = await Promise.all(messages.map(prepare));
  let next = 0;
  let stopped = false;

  // Taking the number and starting it happen in one go, so messages start in their order over all lanes.
  async function carryNext(): Promise<void> {
    const index = next;
    const one = ready[index];
    if (!one || stopped) return;
    if ("outcome" in one && one.outcome.kind === "unprepared") {
      stopped = true;
      outcomes[index] = one.outcome;
      return;
    }
    if (!hooks.start(index)) {
      stopped = true;
      return;
    }
    next++;
    const outcome = "outcome" in one ? one.outcome : await one.deliver();
    if (outcome.kind === "accepted") slots.succeeded();
    if (outcome.kind === "again" && outcome.reason === "throttled") slots.slowDown();
    if (outcome.kind === "configuration" || outcome.kind === "unreachable") stopped = true;
    outcomes[index] = outcome;
    hooks.finish(index, outcome);
  }

  async function lane(): Promise<void> {
    while (!stopped && next < messages.length) {
      await slots.acquire();
      try {
        await carryNext();
      } finally {
        slots.release();
      }
    }
  }

  await Promise.all(Array.from({ length: Math.min(slots.most, messages.length) }, lane));
  return outcomes;
}
