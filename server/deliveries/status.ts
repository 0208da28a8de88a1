/**
 * The states of an execution in the order of their rank (joints.md). Its state is the highest rank over its results and
 * events, so any order of arrival gives the same one. `unknown` stands below everything that settles it.
 * `execution_state_rank()` in the database holds the same order.
 */
export const executionStates = [
  "pending",
  "held",
  "retrying",
  "sending",
  "cancelled",
  "skipped",
  "unknown",
  "sent",
  "failed",
  "delivered",
  "read",
  "bounced",
  "held_out",
] as const;
export type ExecutionState = (typeof executionStates)[number];

/** What a recipient did, or did not do about a message that arrived. */
export const reactions = [
  "opened",
  "not_opened",
  "clicked",
  "not_clicked",
  "replied",
  "unsubscribed",
  "complained",
] as const;
export type Reaction = (typeof reactions)[number];

/** Results that an attempt, a settlement or a cancellation can append. */
export type ResultState =
  | "held"
  | "retrying"
  | "sent"
  | "delivered"
  | "failed"
  | "unknown"
  | "skipped"
  | "cancelled";

/** The state that a set of results and events makes; `pending` for none. */
export function highestState(states: readonly ExecutionState[]): ExecutionState {
  const rank = Math.max(0, ...states.map((state) => executionStates.indexOf(state)));
  return executionStates[rank] ?? "pending";
}

type Tone = "neutral" | "information" | "good" | "attention" | "danger";

/** How a state reads, and which of the four meanings colours it. */
export const executionStateLabels = {
  pending: { label: "Waiting", tone: "neutral" },
  held: { label: "Held", tone: "attention" },
  retrying: { label: "Trying again", tone: "attention" },
  sending: { label: "Sending", tone: "information" },
  cancelled: { label: "Cancelled", tone: "neutral" },
  skipped: { label: "Skipped", tone: "neutral" },
  unknown: { label: "Outcome unknown", tone: "attention" },
  sent: { label: "Sent", tone: "information" },
  failed: { label: "Failed", tone: "danger" },
  delivered: { label: "Delivered", tone: "good" },
  read: { label: "Read", tone: "good" },
  bounced: { label: "Bounced", tone: "danger" },
  held_out: { label: "Held out", tone: "neutral" },
} as const satisfies Record<ExecutionState, { label: string; tone: Tone }>;

/** Why a message was not sent, is waiting or failed: the names that the ledger keeps, in a marketer's words. */
export const reasonLabels = {
  sending_stopped: "All sending is stopped",
  account_paused: "The channel's account is paused",
  stop_state: "Promotion is stopped for this customer",
  customer_erased: "The customer was erased",
  no_address: "No address for the channel",
  invalid_address: "The address is not valid",
  suppressed: "The address is on the suppression list",
  no_consent: "No consent for this kind of message",
  left_audience: "No longer in the audience",
  left_automation: "The customer had left the automation",
  received: "The first message was received after all",
  capped: "Too many messages in a short time",
  same_day: "Already told about this policy today",
  own_time: "Waits for the customer’s own time",
  quiet_hours: "Outside the hours of contact",
  over_budget: "The campaign's budget is used up",
  payments_stale: "The payment data is too old",
  no_template: "WhatsApp takes only an approved template now",
  no_registration: "The text is not registered (DLT)",
  no_one_click: "Promotion without a one-click way out",
  missing_tag: "A tag has no value and no fallback",
  throttled: "The provider asked us to slow down",
  temporary: "The provider could not take it just then",
  address_refused: "The address does not exist",
  rejected: "The provider refused the message",
  gave_up: "Still refused after several tries",
  opted_out: "The customer has opted out at the provider",
  window_closed: "WhatsApp allows free text only for 24 hours after the customer wrote",
  not_now: "WhatsApp holds promotion back from this customer for now",
  not_delivered: "The provider took it and could not deliver it",
  answer_lost: "The connection broke before the provider answered",
  worker_died: "The sender stopped before the answer was stored",
  configuration: "The account is not set up for sending",
  answered: "The provider had answered before it was tried again",
  settled_resent: "A person had it sent again",
  interrupted: "Sending was interrupted before it went out",
  campaign_cancelled: "The campaign was cancelled",
  settled_sent: "A person found that it was sent",
  settled_failed: "A person found that it was not sent",
} as const satisfies Record<string, string>;
export type Reason = keyof typeof reasonLabels;

/** The words of a reason; the name itself for one that is newer than this page. */
export const reasonLabel = (reason: string): string =>
  (reasonLabels as Record<string, string | undefined>)[reason] ?? reason;
