import { type CallReport, emptyReport, type LegProgress, type WebhookRequest } from "../adapter";

/** Twilio's words for the status of one leg. */
const progress: Record<string, LegProgress> = {
  queued: "asked",
  initiated: "asked",
  ringing: "ringing",
  "in-progress": "answered",
  answered: "answered",
  completed: "completed",
  busy: "busy",
  "no-answer": "no_answer",
  failed: "failed",
  canceled: "cancelled",
};

export const progressOf = (status: string | null | undefined): LegProgress | null =>
  status ? (progress[status] ?? null) : null;

export const isEnd = (step: LegProgress | null): boolean =>
  step !== null && !["asked", "ringing", "answered"].includes(step);

/** What a call of Twilio tells: of the agent's leg (which is the whole call), of the customer's, or of a recording. */
export function parseWebhook({ url, body }: WebhookRequest): CallReport[] {
  const fields = new URLSearchParams(body.toString("utf8"));
  const sid = fields.get("CallSid");
  if (!sid) throw new Error("not a call of Twilio’s voice");
  const leg = new URL(url).searchParams.get("leg");
  if (leg === "recording") return [recordingOf(fields)];
  const step = progressOf(fields.get("CallStatus"));
  if (step === null) throw new Error("a status that Twilio does not have");
  const at = timeOf(fields.get("Timestamp"));
  if (leg !== "customer")
    return [{ ...emptyReport(sid), agent: step, over: isEnd(step), endedAt: isEnd(step) ? at : null }];
  const parent = fields.get("ParentCallSid");
  if (!parent) throw new Error("a leg without the call that it belongs to");
  return [customerReport(parent, step, { at, seconds: secondsOf(fields.get("CallDuration")) })];
}

/** The customer's leg ends the bridge: nothing follows it. */
export function customerReport(
  parent: string,
  step: LegProgress,
  { at, seconds }: { at: Date | null; seconds: number | null },
): CallReport {
  const talked = step === "completed" ? seconds : null;
  return {
    ...emptyReport(parent),
    agent: "answered",
    customer: step,
    over: isEnd(step),
    connectedAt:
      step === "answered" ? at : at && talked !== null ? new Date(at.getTime() - talked * 1_000) : null,
    endedAt: isEnd(step) ? at : null,
    talkSeconds: talked,
  };
}

/** It may hang on either leg; the address says whose it is. */
function recordingOf(fields: URLSearchParams): CallReport {
  const address = fields.get("RecordingUrl");
  const done = fields.get("RecordingStatus") === "completed";
  return { ...emptyReport(null), recordingUrl: done && address?.startsWith("https://") ? address : null };
}

/** RFC 2822, as Twilio writes it. */
export function timeOf(value: unknown): Date | null {
  if (typeof value !== "string" || value === "") return null;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? null : at;
}

/** Whole seconds; null for what is empty or is none. */
export function secondsOf(value: unknown): number | null {
  const seconds = Number(value ?? Number.NaN);
  return value !== "" && Number.isInteger(seconds) && seconds >= 0 ? seconds : null;
}
