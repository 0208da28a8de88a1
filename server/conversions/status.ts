import type { Channel } from "@/server/channels/status";

/** The ways in which a conversion is told. */
export const conversionSources = ["event", "api", "csv", "callback", "hand"] as const;
export type ConversionSource = (typeof conversionSources)[number];

/** What a message did to a customer; machines that open and click touch nobody. */
export const touchKinds = ["delivered", "opened", "clicked", "replied"] as const;
export type TouchKind = (typeof touchKinds)[number];

/** A touch in whose window a conversion lies: evidence of what the credit was given for. */
export type Touch = {
  campaignId: string;
  runNumber: number;
  seq: number;
  channel: Channel;
  kind: TouchKind;
  /** ISO instants. */
  at: string;
  windowEndsAt: string;
};

/** Why a conversion does not count any more. */
export const discountReasons = ["payment_bounced", "free_look", "duplicate", "mistake"] as const;
export type DiscountReason = (typeof discountReasons)[number];

/**
 * Events that take a conversion of the same policy back (`metrics.md`), and how long after it: banks return a payment within
 * weeks; the free look is 30 days from the day on which the policy was received, and its cancellation is worked on for some.
 */
export const reversingEvents: Record<string, { reason: DiscountReason; withinDays: number }> = {
  payment_bounced: { reason: "payment_bounced", withinDays: 30 },
  free_look_cancelled: { reason: "free_look", withinDays: 60 },
};
