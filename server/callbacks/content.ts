import type { Metric } from "@/server/sla/status";
import {
  type CallbackMessageKind,
  type CallbackPriority,
  type CallbackSource,
  type CallbackStatus,
  type Presence,
  requestTypes,
} from "./status";

/** Words for what the database keeps as keys. */
export const statusLabels: Record<CallbackStatus, string> = {
  pending: "Waiting",
  assigned: "Assigned",
  in_progress: "In progress",
  scheduled: "Scheduled",
  completed: "Completed",
  cancelled: "Cancelled",
  expired: "Expired",
};

export const priorityLabels: Record<CallbackPriority, string> = {
  high: "High",
  medium: "Medium",
  low: "Low",
};

export const sourceLabels: Record<CallbackSource, string> = {
  manual: "By hand",
  customer_page: "Customer page",
  form: "Form",
  widget: "Website",
  api: "API",
  reply: "Reply",
  campaign_link: "Campaign link",
  automation: "Automation",
  missed_call: "Missed call",
};

/** What each message of the queue is, for people. */
export const messageLabels: Record<CallbackMessageKind, string> = {
  booking_link: "We tried to call you",
  reminder: "Reminder of the promised time",
  not_reached: "We could not reach you",
  satisfaction: "How was the call?",
};

/** When each of them goes. */
export const messageTimes: Record<CallbackMessageKind, string> = {
  booking_link: "After the first try that nobody answered, with a link to choose a time.",
  reminder: "Before a promised time. The agent who has the request is told as well.",
  not_reached: "After the last try, when the request expires. The customer can book again for 30 days.",
  satisfaction: "After a talk, when the request is completed. One press answers, from 1 to 5.",
};

export const presenceLabels: Record<Presence, string> = {
  available: "Available",
  on_call: "On a call",
  wrap_up: "Wrap-up",
  break: "On a break",
  offline: "Offline",
};

/** What a clock waits for, as a noun. */
export const metricLabels: Record<Metric, string> = {
  first_attempt: "First call",
  first_contact: "First talk",
  resolution: "Resolution",
  promise: "Promised time",
};

/** The topic in words: the workspace's own types are read from their key. */
export function requestTypeLabel(type: string): string {
  if (Object.hasOwn(requestTypes, type)) return requestTypes[type as keyof typeof requestTypes].label;
  const words = type.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const cancelReasonLabels = {
  customer_withdrew: "The customer no longer wants a call",
  duplicate: "It is a duplicate",
  solved_otherwise: "It was solved in another way",
  wrong_number: "The number is wrong",
  other: "Another reason",
} as const;

/** How a request was solved; what the reports group by. */
export const resolutionCategories = {
  solved: "Solved",
  information: "Information given",
  payment_taken: "Payment taken",
  renewed: "Policy renewed",
  claim_filed: "Claim filed",
  passed_on: "Passed on",
  not_interested: "Not interested",
  not_solved: "Not solved",
} as const;

/** How calls end in a workspace that has not defined its own. */
export const defaultDispositions = [
  { key: "resolved", label: "Resolved", ends: "completed", resolved: true },
  { key: "information_given", label: "Information given", ends: "completed", resolved: true },
  { key: "converted", label: "Bought or renewed", ends: "completed", resolved: true },
  { key: "not_interested", label: "Not interested", ends: "completed", resolved: false },
  { key: "follow_up", label: "Call again later", ends: "follow_up", resolved: false },
  { key: "withdrawn", label: "No longer wants a call", ends: "cancelled", resolved: false },
] as const;
