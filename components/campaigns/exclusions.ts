import type { ExclusionRule } from "@/server/campaigns/status";
import { reasonLabels } from "@/server/deliveries/status";

/** The words of a rule that keeps customers out: the ledger's own where it writes the rule as a reason. */
export const exclusionLabels: Record<ExclusionRule, string> = {
  ...reasonLabels,
  shared_address: "The address gets it through another customer",
};
