import { z } from "zod";
import { type CallReport, emptyReport, type LegProgress } from "../adapter";
import { timeOf } from "./spelling";

/** Exotel's words for a call and for each of its legs. */
const progress: Record<string, LegProgress> = {
  queued: "asked",
  ringing: "ringing",
  "in-progress": "answered",
  answered: "answered",
  completed: "completed",
  busy: "busy",
  "no-answer": "no_answer",
  failed: "failed",
  canceled: "cancelled",
};
const endings: readonly LegProgress[] = ["completed", "busy", "no_answer", "failed", "cancelled"];

const leg = z.object({ OnCallDuration: z.coerce.number().nullish(), Status: z.string().nullish() });

/** What a webhook and an answer about a call have in common (`specs/provider_fixtures.json`). */
export const exotelCall = z.object({
  Sid: z.string().nullish(),
  CallSid: z.string().nullish(),
  EventType: z.string().nullish(),
  Status: z.string(),
  StartTime: z.string().nullish(),
  EndTime: z.string().nullish(),
  DateCreated: z.string().nullish(),
  DateUpdated: z.string().nullish(),
  RecordingUrl: z.string().nullish(),
  ConversationDuration: z.coerce.number().int().nonnegative().nullish(),
  Legs: z.array(leg).nullish(),
  Details: z
    .object({
      ConversationDuration: z.coerce.number().int().nonnegative().nullish(),
      Leg1Status: z.string().nullish(),
      Leg2Status: z.string().nullish(),
    })
    .nullish(),
});
export type ExotelCall = z.infer<typeof exotelCall>;

/** Leg 1 is the agent, leg 2 the customer; where a leg is not told, the status of the ended call speaks for it. */
export function reportOf(call: ExotelCall): CallReport {
  const sid = call.CallSid ?? call.Sid;
  if (!sid) throw new Error("a call without an id");
  const whole = read(call.Status);
  const over = call.EventType === "terminal" || (whole !== null && endings.includes(whole));
  const agent = read(call.Legs?.[0]?.Status ?? call.Details?.Leg1Status) ?? agentOf(whole);
  const customer =
    read(call.Legs?.[1]?.Status ?? call.Details?.Leg2Status) ??
    (over ? customerOf(call, agent, whole) : null);
  const endedAt = over ? (timeOf(call.EndTime) ?? timeOf(call.DateUpdated)) : null;
  const talkSeconds = customer === "completed" ? talkOf(call) : null;
  return {
    ...emptyReport(sid),
    agent,
    customer,
    over,
    connectedAt:
      endedAt && talkSeconds !== null
        ? new Date(endedAt.getTime() - talkSeconds * 1_000)
        : call.EventType === "answered" && customer === "answered"
          ? timeOf(call.DateUpdated)
          : null,
    endedAt,
    talkSeconds,
    recordingUrl: call.RecordingUrl?.startsWith("https://") ? call.RecordingUrl : null,
  };
}

const read = (status: string | null | undefined): LegProgress | null =>
  status ? (progress[status.toLowerCase()] ?? null) : null;

/** A whole call that was completed was answered by the agent. */
const agentOf = (whole: LegProgress | null): LegProgress | null =>
  whole === "completed" ? "completed" : null;

function customerOf(
  call: ExotelCall,
  agent: LegProgress | null,
  whole: LegProgress | null,
): LegProgress | null {
  if (agent !== null && agent !== "completed" && agent !== "answered") return null;
  return whole === "completed" && talkOf(call) === 0 ? null : whole;
}

/** Seconds that both talked; null where they are not told. */
const talkOf = (call: ExotelCall): number | null =>
  call.ConversationDuration ?? call.Details?.ConversationDuration ?? call.Legs?.[1]?.OnCallDuration ?? null;
