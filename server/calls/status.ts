import type { Outcome } from "@/server/callbacks/status";

/** One leg of a call, in the order of what is known of it: what stands later outranks what stands earlier. */
export const legSteps = [
  "none",
  "asked",
  "ringing",
  "failed",
  "cancelled",
  "no_answer",
  "busy",
  "answered",
  "completed",
] as const;
export type LegStep = (typeof legSteps)[number];

/**
 * The life of a bridged call. `intended`: stored, the provider is being asked; `unknown`: its answer was lost, and it is
 * asked what became of it; it is never dialled again blindly.
 */
export const callStates = [
  "intended",
  "unknown",
  "agent_ringing",
  "customer_ringing",
  "connected",
  "ended",
] as const;
export type CallState = (typeof callStates)[number];

/** What came of a call that has ended. */
export const callResults = {
  connected: { label: "Talked", outcome: "connected" },
  busy: { label: "Busy", outcome: "busy" },
  no_answer: { label: "No answer", outcome: "no_answer" },
  failed: { label: "The customer’s phone could not be reached", outcome: "switched_off" },
  cancelled: { label: "Hung up before the customer answered", outcome: "no_answer" },
  agent_not_answered: { label: "The agent’s phone was not answered", outcome: null },
  not_placed: { label: "The call was not made", outcome: null },
  lost: { label: "What became of it is not known", outcome: null },
} as const satisfies Record<string, { label: string; outcome: Outcome | null }>;
export type CallResult = keyof typeof callResults;

/** A call that is still going on, as an agent reads it. */
export const stateLabels: Record<CallState, string> = {
  intended: "Calling your phone",
  unknown: "Asking what became of the call",
  agent_ringing: "Your phone rings: pick up",
  customer_ringing: "Calling the customer",
  connected: "On the call",
  ended: "The call has ended",
};

/** Who may follow the link to a recording. */
export const mayListen = (role: string | null): boolean => role === "admin" || role === "supervisor";
