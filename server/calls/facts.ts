import type { CallReport } from "@/server/telephony";
import { type CallResult, type CallState, type LegStep, legSteps } from "./status";

/** All that is known of a call. */
export type CallFacts = {
  agentLeg: LegStep;
  customerLeg: LegStep;
  over: boolean;
  connectedAt: Date | null;
  endedAt: Date | null;
  talkSeconds: number | null;
  recordingUrl: string | null;
};

/**
 * What is known after one more report. Associative, commutative and idempotent: reports that come late, twice or in another
 * order lead to the same facts. Of two statements about a leg the one that says more wins (an answered phone was not busy).
 */
export function mergeReport(facts: CallFacts, report: CallReport): CallFacts {
  return {
    agentLeg: further(facts.agentLeg, report.agent ?? "none"),
    customerLeg: further(facts.customerLeg, report.customer ?? "none"),
    over: facts.over || report.over,
    connectedAt: earlier(facts.connectedAt, report.connectedAt),
    endedAt: later(facts.endedAt, report.endedAt),
    talkSeconds: most(facts.talkSeconds, report.talkSeconds),
    recordingUrl: last(facts.recordingUrl, report.recordingUrl),
  };
}

const further = (one: LegStep, other: LegStep): LegStep =>
  legSteps.indexOf(one) >= legSteps.indexOf(other) ? one : other;
const earlier = (one: Date | null, other: Date | null): Date | null =>
  one && other ? (one <= other ? one : other) : (one ?? other);
const later = (one: Date | null, other: Date | null): Date | null =>
  one && other ? (one >= other ? one : other) : (one ?? other);
const most = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.max(one, other);
const last = (one: string | null, other: string | null): string | null =>
  one && other ? (one >= other ? one : other) : (one ?? other);

export const customerAnswered = ({ customerLeg }: Pick<CallFacts, "customerLeg">): boolean =>
  customerLeg === "answered" || customerLeg === "completed";

/** Where a placed call stands. */
export function stateOf(facts: CallFacts): Exclude<CallState, "intended" | "unknown"> {
  if (facts.over) return "ended";
  if (customerAnswered(facts)) return "connected";
  return facts.agentLeg === "answered" || facts.customerLeg !== "none" ? "customer_ringing" : "agent_ringing";
}

/**
 * What came of a call that is over; null while only the agent's end of it has been told: the customer's follows, or is
 * asked for.
 */
export function resultOf(facts: CallFacts): CallResult | null {
  if (!facts.over) return null;
  switch (facts.customerLeg) {
    case "answered":
    case "completed":
      return "connected";
    case "busy":
    case "no_answer":
    case "failed":
    case "cancelled":
      return facts.customerLeg;
    default:
      return facts.agentLeg === "answered" || facts.agentLeg === "completed" ? null : "agent_not_answered";
  }
}
