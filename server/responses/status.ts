import type { Role } from "@/server/platform/context";

/** What a customer meant by a reply. The first five ask for something; the others are kept and counted apart. */
export const responseClasses = [
  "interested",
  "question",
  "complaint",
  "unsubscribe",
  "callback_request",
  "other",
  "auto_reply",
] as const;
export type ResponseClass = (typeof responseClasses)[number];

type Tone = "neutral" | "accent" | "good" | "attention" | "danger" | "information";

/** How a class reads, and which meaning colours it. */
export const responseClassLabels = {
  interested: { label: "Interested", tone: "good" },
  question: { label: "Question", tone: "information" },
  complaint: { label: "Complaint", tone: "danger" },
  unsubscribe: { label: "Opt-out", tone: "attention" },
  callback_request: { label: "Call me", tone: "accent" },
  other: { label: "Other", tone: "neutral" },
  auto_reply: { label: "Automatic", tone: "neutral" },
} as const satisfies Record<ResponseClass, { label: string; tone: Tone }>;

/** What giving a reply this class does, for the person who is about to. */
export const classEffects = {
  interested: "Somebody should answer: it goes to the open ones.",
  question: "Somebody should answer: it goes to the open ones.",
  complaint: "Promotion to this customer stops until the complaint is settled.",
  unsubscribe: "Promotion on this channel is withdrawn, and the address goes on the suppression list.",
  callback_request: "The customer waits for a call: it goes to the open ones.",
  other: "Nobody has to do anything.",
  auto_reply: "It is no longer counted as a reply of the customer.",
} as const satisfies Record<ResponseClass, string>;

/** Whether somebody still has to do something about a response; `none` where nobody ever had to. */
export const followUpStates = ["open", "done", "none"] as const;
export type FollowUpState = (typeof followUpStates)[number];

export const followUpLabels = {
  open: "Open",
  done: "Handled",
  none: "Nothing to do",
} as const satisfies Record<FollowUpState, string>;

/** Where a class begins. An opt-out is done when it is recorded; a machine's answer needs nobody. */
export const followUpOf = (found: ResponseClass): "open" | "none" =>
  found === "unsubscribe" || found === "auto_reply" || found === "other" ? "none" : "open";

/** Who reads what customers said back, and marks it as handled. */
export const responseReaders = ["admin", "marketer", "supervisor"] as const satisfies readonly Role[];
export const mayReadResponses = (role: Role): boolean => responseReaders.some((reader) => reader === role);

/** Who writes back to customers, and whom a response can be given to. */
export const responseAnswerers = [...responseReaders] as const satisfies readonly Role[];

/** Who corrects a class: that can withdraw and give back consent, so it takes those who keep it. */
export const responseCorrectors = ["admin", "marketer"] as const satisfies readonly Role[];
export const mayCorrectResponses = (role: Role): boolean => responseCorrectors.some((each) => each === role);
