import type { Channel } from "@/server/channels/status";
import type { Role } from "@/server/platform/context";

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

export const conversionEditors = ["admin", "marketer"] as const satisfies readonly Role[];
export const conversionReaders = ["admin", "marketer", "supervisor"] as const satisfies readonly Role[];

/** How a conversion stands. */
export const conversionStates = ["credited", "uncredited", "void"] as const;
export const stateLabels = {
  credited: "Credited",
  uncredited: "No message before it",
  void: "Does not count",
} as const satisfies Record<(typeof conversionStates)[number], string>;

export const sourceLabels = {
  event: "Event",
  api: "REST",
  csv: "CSV",
  callback: "Callback",
  hand: "By hand",
} as const satisfies Record<ConversionSource, string>;

export const discountLabels = {
  payment_bounced: "The payment bounced",
  free_look: "Cancelled in the free look",
  duplicate: "Told twice",
  mistake: "A mistake",
} as const satisfies Record<DiscountReason, string>;

export const touchLabels = {
  delivered: "Delivered",
  opened: "Opened",
  clicked: "Clicked",
  replied: "Replied",
} as const satisfies Record<TouchKind, string>;
