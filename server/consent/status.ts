import type { Role } from "@/server/platform/context";

/** The ways a customer can be reached, as consents and suppressions name them. */
export const contactChannels = ["email", "sms", "whatsapp", "call"] as const;
export type ContactChannel = (typeof contactChannels)[number];

export const contactChannelLabels = {
  email: "E-mail",
  sms: "SMS",
  whatsapp: "WhatsApp",
  call: "Calls",
} as const satisfies Record<ContactChannel, string>;

export const purposes = ["promotional", "service"] as const;
export type Purpose = (typeof purposes)[number];

export const purposeLabels = {
  promotional: "Promotion",
  service: "Service messages",
} as const satisfies Record<Purpose, string>;

export const suppressionReasons = [
  "unsubscribed",
  "hard_bounce",
  "complaint",
  "do_not_disturb",
  "manual",
  "erased",
] as const;
export type SuppressionReason = (typeof suppressionReasons)[number];

/** How a reason reads, and what it stops. An opt-out and a DND entry stop promotion; the others stop everything. */
export const suppressionReasonLabels = {
  unsubscribed: { label: "Unsubscribed", stops: "promotion" },
  hard_bounce: { label: "Hard bounce", stops: "everything" },
  complaint: { label: "Complaint", stops: "everything" },
  do_not_disturb: { label: "Do not disturb", stops: "promotion" },
  manual: { label: "Added by hand", stops: "everything" },
  // The person was forgotten: their addresses come back by no file.
  erased: { label: "Erased", stops: "everything" },
} as const satisfies Record<SuppressionReason, { label: string; stops: "promotion" | "everything" }>;

/** Whether an address that is suppressed for this reason may still get service messages (joints.md: STOP withdraws promotion only). */
export const stopsService = (reason: string): boolean =>
  (suppressionReasonLabels as Record<string, { stops: string } | undefined>)[reason]?.stops !== "promotion";

/** Who changes consents and suppressions. */
export const consentKeepers = ["admin", "marketer"] as const satisfies readonly Role[];
export const mayKeepConsent = (role: Role): boolean => consentKeepers.some((keeper) => keeper === role);

/** Who looks at the ledger and the list as a whole. */
export const consentReaders = ["admin", "marketer", "supervisor"] as const satisfies readonly Role[];
export const mayReadConsent = (role: Role): boolean => consentReaders.some((reader) => reader === role);

/** Removing one of these says that somebody's “no” no longer stands: it asks for evidence. */
export const needsEvidence = (reason: SuppressionReason): boolean =>
  reason === "unsubscribed" || reason === "complaint" || reason === "erased";

/** Where a consent was given or taken back, as a person may say it. */
export const statedSources = {
  form: "Signed form",
  phone: "On the phone",
  branch: "At a branch",
  email: "By e-mail",
  website: "On the website",
  agent: "Told to an agent",
  other: "Another way",
} as const;
export type StatedSource = keyof typeof statedSources;
export const statedSourceKeys = Object.keys(statedSources) as [StatedSource, ...StatedSource[]];

/** Every source that the ledger holds, in words; the name itself for one that is newer than this page. */
export const sourceLabel = (source: string): string =>
  ({
    ...statedSources,
    unsubscribe_link: "Unsubscribe link",
    unsubscribe_page: "Unsubscribe page",
    preferences: "Preference centre",
    reply: "Reply",
    complaint: "Reported as spam",
    provider: "Opted out at the provider",
    import: "Import",
    consent_file: "Consent file",
    consent_file_undone: "Consent file taken back",
    contract: "Contract",
    staff: "Written down by staff",
    api: "Another system",
    correction: "Reply read anew",
  })[source] ?? source.charAt(0).toUpperCase() + source.slice(1).replaceAll("_", " ");
