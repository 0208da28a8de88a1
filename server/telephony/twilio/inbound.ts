import type { InboundCall, WebhookRequest } from "../adapter";
import { timeOf } from "./webhooks";

/** Twilio's words for a call, or the dial inside of it, that ended without a talk. */
const untaken = new Set(["busy", "no-answer", "canceled", "failed"]);
const taken = new Set(["in-progress", "answered", "completed"]);

/**
 * What Twilio tells of a call to a number of ours, as the number's status or after the `<Dial>` of its TwiML. Answering a call
 * with TwiML makes it `completed` however the dial inside of it ended, so the dial's own word (`DialCallStatus`) counts. It comes
 * to the dial's `action` alone: the status of a number whose TwiML has none says `completed` of a call that rang in vain as of a
 * talk, and only the calls that the dial made tell which of the two it was.
 */
export function parseInbound({ url, body }: WebhookRequest): InboundCall | null {
  const fields = body.length > 0 ? new URLSearchParams(body.toString("utf8")) : new URL(url).searchParams;
  const sid = fields.get("CallSid");
  if (!sid) throw new Error("not a call of Twilio’s voice");
  if (fields.get("Direction") !== "inbound") return null;
  return {
    providerCallId: sid,
    from: fields.get("From") || null,
    line: fields.get("To") || null,
    missed: wasMissed(fields.get("DialCallStatus"), fields.get("CallStatus")),
    at: timeOf(fields.get("Timestamp")),
  };
}

function wasMissed(dial: string | null, call: string | null): boolean | null {
  if (dial === null && call === "completed") return null;
  return untaken.has(dial ?? call ?? "");
}

/**
 * Whether nobody took a call that has ended, by the statuses of the calls that its TwiML dialled; null while one of them still
 * rings. Where nobody was dialled the TwiML itself dealt with the caller (a menu, a queue, a voice mailbox): not missed.
 */
export function missedBy(dialled: string[]): boolean | null {
  if (dialled.some((status) => taken.has(status))) return false;
  if (dialled.every((status) => untaken.has(status))) return dialled.length > 0;
  return null;
}
