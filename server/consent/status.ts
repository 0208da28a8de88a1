/** The ways a customer can be reached, as consents and suppressions name them. */
export const contactChannels = ["email", "sms", "whatsapp", "call"] as const;
export type ContactChannel = (typeof contactChannels)[number];

export const purposes = ["promotional", "service"] as const;
export type Purpose = (typeof purposes)[number];

export const suppressionReasons = [
  "unsubscribed",
  "hard_bounce",
  "complaint",
  "do_not_disturb",
  "manual",
] as const;
export type SuppressionReason = (typeof suppressionReasons)[number];

/** How a reason reads, and what it stops. An opt-out and a DND entry stop promotion; the others stop everything. */
export const suppressionReasonLabels = {
  unsubscribed: { label: "Unsubscribed", stops: "promotion" },
  hard_bounce: { label: "Hard bounce", stops: "everything" },
  complaint: { label: "Complaint", stops: "everything" },
  do_not_disturb: { label: "Do not disturb", stops: "promotion" },
  manual: { label: "Added by hand", stops: "everything" },
} as const satisfies Record<SuppressionReason, { label: string; stops: "promotion" | "everything" }>;

/** Whether an address that is suppressed for this reason may still get service messages (joints.md: STOP withdraws promotion only). */
export const stopsService = (reason: string): boolean =>
  (suppressionReasonLabels as Record<string, { stops: string } | undefined>)[reason]?.stops !== "promotion";
