import type { Condition } from "@/server/segments/status";

/** What a condition speaks of. */
export const kindLabels = {
  customer: "Customer",
  policy: "Policies",
  payment: "Payments",
  event: "Event",
  campaign: "Campaign",
  consent: "Consent",
  reach: "Reach",
  segment: "Segment",
} as const satisfies Record<Condition["on"], string>;
