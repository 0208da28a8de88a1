import type { ExclusionRule } from "@/server/campaigns/status";
import { reasonLabels } from "@/server/deliveries/status";

/** The words of a rule that keeps customers out; the sender's own where it is the sender's rule. */
export const exclusionLabels: Record<ExclusionRule, string> = {
  ...reasonLabels,
  shared_address: "The address gets it through another customer",
};
