import type { ExecutionState, Reaction } from "@/server/deliveries/status";
import type { Condition, Interaction, Rule } from "./status";

type RecipientFilter = { state?: ExecutionState; reason?: string; did?: Reaction };

/** The rule of a segment that means the recipients of a campaign whom a filter leaves; null where rules do not know it. */
export function ruleOfRecipients(campaign: string, { state, reason, did }: RecipientFilter): Rule | null {
  const says = (interaction: Interaction, did = true): Condition => ({
    on: "campaign",
    interaction,
    did,
    campaign,
    when: null,
  });
  const ended = (interaction: "failed" | "skipped") => ({ ...says(interaction), reason: reason ?? null });
  const of: Condition[] = [];
  if (state === "failed" || state === "skipped") of.push(ended(state));
  else if (state === "delivered") of.push(says("delivered"));
  else if (state === "sent") of.push(says("sent"));
  else if (state || reason) return null;
  if (did === "opened" || did === "clicked" || did === "replied") of.push(says(did));
  else if (did === "not_opened") of.push(says("delivered"), says("opened", false));
  else if (did === "not_clicked") of.push(says("delivered"), says("clicked", false));
  else if (did) return null;
  return of.length === 0 ? null : { match: "all", of };
}
