import type { ExclusionRule } from "@/server/campaigns/status";

/** The words of a rule that keeps customers out. */
export const exclusionLabels: Record<ExclusionRule, string> = {
  shared_address: "The address gets it through another customer",
  stop_state: "Promotion is stopped for this customer",
  no_address: "No e-mail address",
  invalid_address: "The e-mail address is not valid",
  suppressed: "The address is on the suppression list",
  no_consent: "No consent for this kind of message",
  missing_tag: "A tag has no value and no fallback",
};
