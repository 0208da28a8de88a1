import { type BridgeCall, LONGEST_CALL_SECONDS, RING_SECONDS } from "../adapter";

const EVENTS = ["initiated", "ringing", "answered", "completed"];

/**
 * The request that rings the agent; what Twilio does when the agent answers goes with it, so that no door of ours has to be
 * open at that moment. Addresses say whose leg they tell of.
 */
export function callForm(call: BridgeCall, door: string): URLSearchParams {
  const address = (leg: string) => `${door}?${new URLSearchParams({ call: call.callId, leg })}`;
  const form = new URLSearchParams({
    To: call.agentPhone,
    From: call.line,
    Timeout: String(RING_SECONDS),
    StatusCallback: address("agent"),
    StatusCallbackMethod: "POST",
    Twiml: bridge(call, address),
  });
  for (const event of EVENTS) form.append("StatusCallbackEvent", event);
  return form;
}

function bridge({ customerPhone, line, record }: BridgeCall, address: (leg: string) => string): string {
  const recording = record
    ? ` record="record-from-answer-dual" recordingStatusCallback="${inAttribute(address("recording"))}"`
    : "";
  const dial = `callerId="${line}" timeout="${RING_SECONDS}" timeLimit="${LONGEST_CALL_SECONDS}" answerOnBridge="true"${recording}`;
  const number = `statusCallbackEvent="${EVENTS.join(" ")}" statusCallback="${inAttribute(address("customer"))}"`;
  return `<Response><Dial ${dial}><Number ${number}>${customerPhone}</Number></Dial></Response>`;
}

const inAttribute = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
