import type { InboundCall, WebhookRequest } from "../adapter";
import { timeOf } from "./webhooks";

/** Twilio's words for a call, or the dial inside of it, that ended without a talk. */
const missed = new Set(["busy", "no-answer", "canceled", "failed"]);

/**
 * What Twilio tells of a call to a number of ours, as the number's status or after the `<Dial>` of its TwiML. A call that TwiML
 * answered is `completed` however the dial ended, so the dial's own word counts where there is one.
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
    missed: missed.has(fields.get("DialCallStatus") ?? fields.get("CallStatus") ?? ""),
    at: timeOf(fields.get("Timestamp")),
  };
}
