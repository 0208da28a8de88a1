import type { Channel } from "@/server/channels/status";
import type { Role } from "@/server/platform/context";

/** The ways in which a conversion is told. */
export const conversionSources = ["event", "api", "csv", "callback", "payment", "hand"] as const;
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
  payment: "Premium payment",
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

/** What a column of a CSV file may hold. */
export const fileFields = {
  external_id: { label: "Customer ID", alike: ["external_id", "customer_id", "client_id", "crm_id"] },
  phone: { label: "Phone", alike: ["phone", "mobile", "mobile_number", "phone_number"] },
  email: { label: "E-mail", alike: ["email", "e-mail", "mail", "email_id"] },
  value: { label: "Value", alike: ["value", "amount", "premium", "revenue", "paid"] },
  currency: { label: "Currency", alike: ["currency"] },
  name: { label: "Event", alike: ["name", "event", "goal"] },
  occurred_at: { label: "When", alike: ["occurred_at", "date", "paid_on", "payment_date", "when", "time"] },
  policy_number: { label: "Policy number", alike: ["policy_number", "policy", "policy_no"] },
  campaign_id: { label: "Campaign ID", alike: ["campaign_id", "campaign"] },
  id: { label: "Own ID of the conversion", alike: ["id", "conversion_id", "receipt", "receipt_number"] },
} as const satisfies Record<string, { label: string; alike: readonly string[] }>;
export type FileField = keyof typeof fileFields;
export const fileFieldNames = Object.keys(fileFields) as [FileField, ...FileField[]];
/** By which a line says whose conversion it is. */
export const customerFields = ["external_id", "phone", "email"] as const satisfies readonly FileField[];

/** Column of a file → what it holds; a column that is not there is left out. */
export type ColumnMapping = Record<string, FileField>;

export const conversionFileStatuses = {
  open: { label: "Not all taken", tone: "attention" },
  done: { label: "Taken", tone: "good" },
  undone: { label: "Taken back", tone: "neutral" },
} as const;
export type ConversionFileStatus = keyof typeof conversionFileStatuses;
