import type { InboundCall, WebhookRequest } from "../adapter";
import { timeOf } from "./spelling";

/** Words of Exotel's for a call that somebody took. All others, none included, say that nobody did. */
const taken = new Set(["completed", "in-progress", "answered"]);

/**
 * What Exotel's Passthru asks with: the query of a GET (a flow may post the same fields). `CallType` is `incomplete` when
 * nobody picked up, `client-hangup` when the caller gave up, `call-attempt` in a flow that connects nobody; a call that was
 * talked on may end as `client-hangup` too, and then `DialCallStatus` tells. Written from the public documentation.
 */
export function parseInbound({ url, body }: WebhookRequest): InboundCall | null {
  const fields = body.length > 0 ? new URLSearchParams(body.toString("utf8")) : new URL(url).searchParams;
  const sid = fields.get("CallSid");
  if (!sid) throw new Error("a call without an id");
  if (!/^(incoming|inbound)$/i.test(fields.get("Direction") ?? "incoming")) return null;
  const words = [fields.get("CallType"), fields.get("DialCallStatus")];
  return {
    providerCallId: sid,
    from: fields.get("CallFrom") || fields.get("From") || null,
    line: fields.get("CallTo") || fields.get("To") || null,
    missed: !words.some((word) => taken.has((word ?? "").toLowerCase())),
    at: timeOf(fields.get("StartTime")),
  };
}
