import type { ExclusionRule } from "@/server/campaigns/status";
import { reasonLabels } from "@/server/deliveries/status";

/** The words of a rule that keeps customers out: the ledger's own where it writes the rule as a reason. */
export const exclusionLabels: Record<ExclusionRule, string> = {
  ...reasonLabels,
  shared_address: "The address gets it through another customer",
};

/** Where whoever builds a campaign can do something about a rule that keeps everybody out. */
export const exclusionWays: Partial<Record<ExclusionRule, { label: string; href: string }>> = {
  no_consent: { label: "Record their consent", href: "/customers/consent" },
  no_address: { label: "Import their addresses", href: "/customers/imports/new" },
  suppressed: { label: "See the suppressions", href: "/customers/consent/suppressions" },
};
