/** Every state of a callback request. Overdue is a fact of its clock, not a state (`sla.md`). */
export const callbackStatuses = [
  "pending",
  "assigned",
  "in_progress",
  "scheduled",
  "completed",
  "cancelled",
  "expired",
] as const;
export type CallbackStatus = (typeof callbackStatuses)[number];

export const callbackPriorities = ["high", "medium", "low"] as const;
export type CallbackPriority = (typeof callbackPriorities)[number];

export const callbackSources = [
  "manual",
  "customer_page",
  "form",
  "widget",
  "api",
  "reply",
  "campaign_link",
  "automation",
  "missed_call",
] as const;
export type CallbackSource = (typeof callbackSources)[number];

/** What the queue writes to its customers by itself. */
export const callbackMessageKinds = ["booking_link", "reminder", "not_reached", "satisfaction"] as const;
export type CallbackMessageKind = (typeof callbackMessageKinds)[number];

export const presences = ["available", "on_call", "wrap_up", "break", "offline"] as const;
export type Presence = (typeof presences)[number];

/** What a request is about, and what that weighs. Any other type weighs `otherWeight`. */
export const requestTypes = {
  policy_issue: { label: "Policy issue", weight: 90 },
  payment_problem: { label: "Payment problem", weight: 85 },
  claim_assistance: { label: "Claim assistance", weight: 80 },
  general_inquiry: { label: "General inquiry", weight: 60 },
  feedback: { label: "Feedback", weight: 40 },
  suggestion: { label: "Suggestion", weight: 30 },
} as const;
export const otherWeight = 50;

/** Only staff or rules set `high` and `critical`; a customer's request is `medium`. */
export const urgencies = {
  critical: { label: "Critical", weight: 20 },
  high: { label: "High", weight: 15 },
  medium: { label: "Medium", weight: 10 },
  low: { label: "Low", weight: 0 },
} as const;
export type Urgency = keyof typeof urgencies;

export const tierWeights = { platinum: 15, gold: 10, silver: 5, bronze: 0 } as const;
export type CallbackTier = keyof typeof tierWeights;

/** States in which a customer still waits. */
export const openStatuses = ["pending", "assigned", "in_progress", "scheduled"] as const;
const closedStatuses = ["completed", "cancelled", "expired"] as const;

/**
 * The one table of a request's life: what each verb leaves and where it leads. Null: it depends (given back to an agent's
 * own list or to everybody's). Verbs, buttons and tests read it.
 */
export const callbackTransitions = {
  claim: { from: ["pending", "assigned", "scheduled"], to: "in_progress" },
  release: { from: ["in_progress"], to: null },
  assign: { from: ["pending", "assigned", "scheduled"], to: null },
  pass_on: { from: openStatuses, to: null },
  try_later: { from: ["in_progress"], to: null },
  schedule: { from: openStatuses, to: "scheduled" },
  complete: { from: openStatuses, to: "completed" },
  cancel: { from: openStatuses, to: "cancelled" },
  expire: { from: openStatuses, to: "expired" },
  reopen: { from: closedStatuses, to: "pending" },
  edit: { from: openStatuses, to: null },
} as const satisfies Record<string, { from: readonly CallbackStatus[]; to: CallbackStatus | null }>;
export type CallbackVerb = keyof typeof callbackTransitions;

/** What came of one try to call. */
export const outcomes = {
  connected: "Talked",
  no_answer: "No answer",
  busy: "Busy",
  switched_off: "Switched off or out of reach",
  wrong_number: "Wrong number",
  failed: "The call could not be made",
} as const;
export type Outcome = keyof typeof outcomes;

/** Who works with callbacks: agents see the queue that they may be given, advisors their own book. */
export const callbackReaders = ["admin", "supervisor", "agent", "advisor"] as const;
export const mayReadCallbacks = (role: string): boolean =>
  (callbackReaders as readonly string[]).includes(role);
/** Who gives requests to others and changes what they do not hold. */
export const mayLeadCallbacks = (role: string): boolean => role === "admin" || role === "supervisor";

/** The tabs of the queue. `overdue` is a fact of the clock; `closed` has ended, however it did. */
export const queueTabs = ["all", "high", "medium", "low", "mine", "scheduled", "overdue", "closed"] as const;
export type QueueTab = (typeof queueTabs)[number];

export const cancelReasons = [
  "customer_withdrew",
  "duplicate",
  "solved_otherwise",
  "wrong_number",
  "other",
] as const;
export type CancelReason = (typeof cancelReasons)[number];

/** How waiting requests find somebody, when nobody takes them. */
export const assignmentPolicies = {
  by_hand: {
    label: "By hand",
    about: "Agents take the next one themselves; supervisors give out what they want to.",
  },
  round_robin: { label: "In turn", about: "Whoever has not been given one for the longest time." },
  least_loaded: { label: "Least loaded", about: "Whoever has the fewest open requests." },
  skills: {
    label: "By skill and language",
    about: "The specialist first; those who take everything only when no specialist has room.",
  },
} as const;
export type AssignmentPolicy = keyof typeof assignmentPolicies;
