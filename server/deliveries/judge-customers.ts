import { withHotTransaction } from "@/db/transaction";
import type { RunContent } from "@/server/campaigns/content";
import type { Channel } from "@/server/channels/status";
import type { Context } from "@/server/platform/context";
import { loadCircumstances } from "./circumstances";
import { decide } from "./decide";
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
  /** Micro-units; 0 for what does not go. */
  cost: bigint;
};

type Judging = {
  campaignId: string;
  content: RunContent;
  channel: Channel;
  customers: readonly { place: number; customerId: string }[];
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
      ...{ campaignId, channel, content, circumstances },
    };
    const copyFor = await copier(reading);
    const members = await loadCustomers(hot, reading, customers);
    return members.map((member) => {
      const copy = copyFor(member);
      const facts = factsOf(reading, member, copy);
      const refusal = decide({
        ...facts,
        budget: facts.budget && left !== null ? { ...facts.budget, left } : null,
      });
      const { seq: place } = member;
      usedUp ||= refusal?.verdict.reason === "over_budget";
      if (usedUp) return { place, verdict: "waits", reason: "over_budget", saw: null, until: null, cost: 0n };
      if (refusal === null) {
        const cost = copy.ok ? priceOf(reading, member, copy.message.content) : 0n;
        if (left !== null) left -= cost;
        return { place, verdict: "goes", reason: null, saw: null, until: null, cost };
      }
      const { verdict } = refusal;
      const until = verdict.answer === "hold" ? verdict.until : null;
      return {
        place,
        verdict: verdict.answer === "no" ? "skipped" : until ? "held" : "waits",
        reason: verdict.reason,
        saw: verdict.saw,
        until,
        cost: 0n,
      };
    });
  });
}
