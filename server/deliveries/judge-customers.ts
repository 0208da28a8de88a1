import { withHotTransaction } from "@/db/transaction";
import type { RunContent } from "@/server/campaigns/content";
import type { Channel } from "@/server/channels/status";
import type { Context } from "@/server/platform/context";
import { loadCircumstances } from "./circumstances";
import { decide, type Facts } from "./decide";
import { factsOf, priceOf } from "./facts-of";
import { loadCustomers, type Reading } from "./load-members";
import { copier } from "./render-message";
import type { Reason } from "./status";

/** What the sender would do with a customer's message now. `waits`: until a person has done something. */
export type JudgedCustomer = {
  place: number;
  verdict: "goes" | "held" | "waits" | "skipped";
  reason: Reason | null;
  saw: string | null;
  until: Date | null;
  /** Micro-units; 0 for what does not go. What only waits for its time is paid for when it goes. */
  cost: bigint;
};

type Judging = {
  /** Null before there is a campaign. */
  campaignId: string | null;
  content: RunContent;
  channel: Channel;
  customers: readonly { place: number; customerId: string; variant: number }[];
  /** What is left of the budget before the first of them; null: no budget. */
  budgetLeft: bigint | null;
  /** An earlier one did not fit in any more: the campaign is paused then, and nobody after is asked about. */
  budgetUsedUp: boolean;
};

/**
 * Asks the sender's own rules about customers of a campaign that has no run yet, with the message that each would get, in the
 * order in which they would be sent it. Nothing is sent, reserved or counted.
 */
export function judgeCustomers(ctx: Context, judging: Judging): Promise<JudgedCustomer[]> {
  const { campaignId, content, channel, customers } = judging;
  let { budgetLeft: left, budgetUsedUp: usedUp } = judging;
  return withHotTransaction(ctx.workspaceId, async (hot) => {
    const { workspaceId } = ctx;
    const circumstances = await loadCircumstances(hot, { workspaceId, campaignId, channel });
    const reading: Reading & { campaignId: string } = {
      ...{ part: 0, runNumber: 0, kind: "pending" as const },
      ...{ campaignId: campaignId ?? "", channel, content, circumstances },
    };
    const copyFor = await copier(reading);
    const members = await loadCustomers(hot, reading, customers);
    return members.map((member) => {
      const copy = copyFor(member);
      const facts = factsOf(reading, member, copy);
      const asked = { ...facts, budget: facts.budget && left !== null ? { ...facts.budget, left } : null };
      const price = copy.ok ? priceOf(reading, member, copy.message.content) : 0n;
      const refusal = decide(asked);
      const { seq: place } = member;
      usedUp ||= refusal?.verdict.reason === "over_budget";
      if (usedUp) return { place, verdict: "waits", reason: "over_budget", saw: null, until: null, cost: 0n };
      if (refusal === null) {
        if (left !== null) left -= price;
        return { place, verdict: "goes", reason: null, saw: null, until: null, cost: price };
      }
      const { verdict } = refusal;
      const until = verdict.answer === "hold" ? verdict.until : null;
      const { reason, saw } = verdict;
      if (until === null)
        return {
          place,
          verdict: verdict.answer === "no" ? "skipped" : "waits",
          reason,
          saw,
          until,
          cost: 0n,
        };
      const then = decide(atItsTime(asked))?.verdict;
      // Its budget is used up by then; who is asked about after it is asked all the same, since nothing is paused yet.
      if (then?.reason === "over_budget")
        return { place, verdict: "waits", reason: then.reason, saw: then.saw, until, cost: 0n };
      const cost = then ? 0n : price;
      if (left !== null) left -= cost;
      return { place, verdict: "held", reason, saw, until, cost };
    });
  });
}

/** The same message once nothing but the time keeps it back. */
const atItsTime = (facts: Facts): Facts => ({
  ...facts,
  ownTime: null,
  hours: { ...facts.hours, closed: false, opensAt: null },
  payments: null,
});
