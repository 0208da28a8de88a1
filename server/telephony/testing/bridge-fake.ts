import { type FakeAnswer, FakeServer } from "@/server/platform/testing/fake-server";

/**
 * How the fake treats calls to one customer's number. `lost`: it places the call, and its answer is lost. `silent`: no answer
 * until `speak`.
 */
export type BridgeFault =
  | "silent"
  | "lost"
  | "html_500"
  | "throttled"
  | "bad_credentials"
  | "refused"
  | "dropped_before";

/** What befalls a call, in the provider's own events. */
export type Turn =
  | "agent_ringing"
  | "agent_answered"
  | "agent_no_answer"
  | "customer_ringing"
  | "customer_answered"
  | "customer_busy"
  | "customer_no_answer"
  | "customer_failed"
  | "hung_up";

/**
 * How a call to a line of ours went. `own`: it is one of ours, told in the same way. `_untold`: where the provider can, it tells
 * the end of the call only, not what became of the dial inside of it.
 */
export type Ending =
  | "nobody_picked_up"
  | "nobody_picked_up_untold"
  | "gave_up"
  | "taken"
  | "taken_untold"
  | "own";

/** A call that somebody makes to a line, as the provider writes the numbers. */
export type Ring = { from: string; line: string; ending: Ending; at: Date };

/** A way to post one webhook, again and later. */
export type Post = () => Promise<number>;

/** A provider that bridges calls, on the loopback interface: keeps calls and plays what befalls them. */
export abstract class BridgeFake extends FakeServer {
  readonly faults = new Map<string, BridgeFault>();
  /** Numbers that were rung as customers, in order; the fake counts what a person would hear. */
  readonly dialled: string[] = [];

  #held: (() => void)[] = [];

  /** Ends every silence: what waits is answered that there is trouble. */
  speak(): void {
    this.faults.clear();
    for (const answer of this.#held.splice(0)) answer();
  }

  /** Lets something befall the latest call to a customer; answers the webhooks that tell of it, not posted yet. */
  abstract play(customer: string, turn: Turn, options?: { seconds?: number; recording?: string }): Post[];

  /** Somebody calls a line: what tells of it at the address for missed calls, not told yet. Each is a call of its own. */
  abstract ring(address: string, ring: Ring): Post;

  /** The same, told at once. */
  async tell(customer: string, ...turns: Turn[]): Promise<void> {
    for (const turn of turns) for (const post of this.play(customer, turn)) await post();
  }

  protected faultAnswer(fault: BridgeFault | undefined): FakeAnswer | null {
    if (fault === "throttled") return { status: 429, headers: { "retry-after": "30" } };
    if (fault === "lost") return { status: 0, drop: true };
    if (fault === "html_500") return { status: 500, headers: { "content-type": "text/html" } };
    if (fault === "silent")
      return { status: 503, after: new Promise<void>((resolve) => this.#held.push(resolve)) };
    return null;
  }
}
