import { createHash, createHmac } from "node:crypto";
import { sameBytes } from "@/server/platform/secrets";
import type { WebhookRequest } from "../adapter";
import type { ProviderEvent } from "../provider-event";
import type { Channel } from "../status";
import { classOf } from "./errors";

type Signed = Omit<WebhookRequest, "receivedAt">;

/**
 * `X-Twilio-Signature`: HMAC-SHA1 with the auth token over the address as Twilio was given it, followed for a form by its
 * fields in order; for JSON the address carries the SHA-256 of the raw bytes. Twilio gives no time in it: repetitions are
 * told apart by the events' own keys.
 */
export function verifySignature(request: Signed, authToken: string): boolean {
  const given = Buffer.from(request.headers["x-twilio-signature"] ?? "", "base64");
  const bodyHash = new URL(request.url).searchParams.get("bodySHA256");
  if (bodyHash !== null) {
    const actual = createHash("sha256").update(request.body).digest();
    if (!sameBytes(Buffer.from(bodyHash, "hex"), actual)) return false;
  }
  const signed = bodyHash === null ? request.url + fieldsInOrder(request.body) : request.url;
  return sameBytes(given, createHmac("sha1", authToken).update(signed).digest());
}

/** Names sorted; values of a repeated name once each, sorted, the name before each. */
function fieldsInOrder(body: Buffer): string {
  const fields = new URLSearchParams(body.toString("utf8"));
  return [...new Set(fields.keys())]
    .sort()
    .flatMap((name) => [...new Set(fields.getAll(name))].sort().map((value) => name + value))
    .join("");
}

/** What a call tells: the status of a message (its address carries our id), or a message of a person. */
export function parseWebhook(request: WebhookRequest, channel: Channel): ProviderEvent[] {
  const fields = new URLSearchParams(request.body.toString("utf8"));
  const sid = fields.get("MessageSid") ?? fields.get("SmsSid");
  if (!sid) throw new Error("not a call of Twilio's messaging");
  const status = fields.get("MessageStatus");
  return status === null
    ? inbound(fields, sid, request, channel)
    : statusOf(fields, { sid, status }, request, channel);
}

function statusOf(
  fields: URLSearchParams,
  { sid, status }: { sid: string; status: string },
  { url, receivedAt }: WebhookRequest,
  channel: Channel,
): ProviderEvent[] {
  const publicId = new URL(url).searchParams.get("id");
  if (!publicId) return [];
  // Twilio's calls carry no time of the event.
  const base = { publicId, dedupeKey: `${sid}:${status}`, occurredAt: receivedAt, cost: null };
  if (status === "delivered" || status === "read")
    return [{ ...base, kind: status, reason: null, detail: null, suppress: false }];
  if (status !== "undelivered" && status !== "failed") return [];
  const code = Number(fields.get("ErrorCode") ?? 0);
  const known = classOf(code);
  const events: ProviderEvent[] = [
    {
      ...base,
      kind: "failed",
      reason: known.is === "failed" ? known.reason : known.is === "not_now" ? "not_now" : "not_delivered",
      detail: code ? `Twilio ${code}` : null,
      suppress: known.is === "failed" && known.suppress,
    },
  ];
  const to = addressOf(fields.get("To"));
  if (known.is === "failed" && known.reason === "opted_out" && to)
    events.push({ kind: "opted_out", channel, address: to, publicId, occurredAt: receivedAt });
  return events;
}

function inbound(
  fields: URLSearchParams,
  sid: string,
  { receivedAt }: WebhookRequest,
  channel: Channel,
): ProviderEvent[] {
  const from = addressOf(fields.get("From"));
  if (!from) return [];
  const button = fields.get("ButtonText");
  const media = Number(fields.get("NumMedia") ?? 0) > 0 ? "[attachment]" : "";
  const text = fields.get("Body") || (button ?? media);
  const events: ProviderEvent[] = [];
  if (text !== "")
    events.push({
      kind: "reply",
      channel,
      from,
      text,
      button,
      publicId: null,
      providerMessageId: sid,
      occurredAt: receivedAt,
    });
  // Twilio has already stopped sending to this person; the consent has to say so too.
  if (fields.get("OptOutType") === "STOP")
    events.push({ kind: "opted_out", channel, address: from, publicId: null, occurredAt: receivedAt });
  return events;
}

const addressOf = (given: string | null): string | null => given?.replace(/^whatsapp:/, "") || null;
