import { createHmac } from "node:crypto";
import { sameBytes } from "@/server/platform/secrets";
import type { WebhookRequest } from "../adapter";
import type { ProviderEvent } from "../provider-event";
import { classOf, readError } from "./errors";
import { readPayload } from "./message";

type Signed = Omit<WebhookRequest, "receivedAt">;

/**
 * `X-Hub-Signature-256`: HMAC-SHA256 with the app secret over the raw bytes (Meta escapes non-ASCII, so parsed and
 * re-serialised JSON would not match). Meta gives no time in it: repetitions are told apart by the events' own keys.
 */
export function verifySignature({ headers, body }: Signed, appSecret: string): boolean {
  const [scheme, hex] = (headers["x-hub-signature-256"] ?? "").split("=");
  if (scheme !== "sha256" || !hex) return false;
  return sameBytes(Buffer.from(hex, "hex"), createHmac("sha256", appSecret).update(body).digest());
}

/** What a call tells: statuses of messages, messages of people, preferences, templates. Other fields mean nothing to us. */
export function parseWebhook({ body }: WebhookRequest, phoneNumberId: string): ProviderEvent[] {
  const payload = JSON.parse(body.toString("utf8")) as Payload;
  if (payload.object !== "whatsapp_business_account" || !Array.isArray(payload.entry))
    throw new Error("not a call of the WhatsApp Cloud API");
  return payload.entry.flatMap((entry) =>
    (entry.changes ?? []).flatMap(({ field, value }) => {
      if (field === "message_template_status_update") return templateStatus(value);
      // One app can serve several numbers, and each account here is one of them.
      if (value.metadata && value.metadata.phone_number_id !== phoneNumberId) return [];
      if (field === "user_preferences") return (value.user_preferences ?? []).flatMap(preference);
      if (field !== "messages") return [];
      return [...(value.statuses ?? []).flatMap(status), ...(value.messages ?? []).flatMap(reply)];
    }),
  );
}

type Payload = { object?: string; entry?: { changes?: { field?: string; value: Value }[] }[] };

type Value = {
  metadata?: { phone_number_id?: string };
  statuses?: Status[];
  messages?: Message[];
  user_preferences?: Preference[];
  event?: string;
  message_template_name?: string;
  message_template_language?: string;
  message_template_id?: string | number;
  reason?: string | null;
};

type Status = {
  id: string;
  status: string;
  timestamp: string;
  recipient_id?: string;
  biz_opaque_callback_data?: string;
  errors?: unknown[];
};

const at = (seconds: string): Date => new Date(Number(seconds) * 1_000);
const phone = (waId: string | undefined): string => `+${(waId ?? "").replace(/\D/g, "")}`;

/** `sent` says nothing that the answer to our call did not say. */
function status(told: Status): ProviderEvent[] {
  const publicId = told.biz_opaque_callback_data;
  if (!publicId) return [];
  const base = { publicId, occurredAt: at(told.timestamp), cost: null };
  const dedupeKey = `${told.id}:${told.status}`;
  if (told.status === "delivered" || told.status === "read" || told.status === "played")
    return [
      {
        ...base,
        kind: told.status === "delivered" ? "delivered" : "read",
        dedupeKey: told.status === "played" ? `${told.id}:read` : dedupeKey,
        reason: null,
        detail: null,
        suppress: false,
      },
    ];
  if (told.status !== "failed") return [];
  const error = readError(told.errors?.[0]);
  const known = error && classOf(error);
  const events: ProviderEvent[] = [
    {
      ...base,
      kind: "failed",
      dedupeKey,
      reason: known?.is === "failed" ? known.reason : known?.is === "not_now" ? "not_now" : "not_delivered",
      detail: error ? `Meta ${error.code}: ${error.words}` : null,
      suppress: known?.is === "failed" && known.suppress,
    },
  ];
  if (known?.is === "failed" && known.reason === "opted_out" && told.recipient_id)
    events.push({
      kind: "opted_out",
      channel: "whatsapp",
      address: phone(told.recipient_id),
      publicId,
      occurredAt: base.occurredAt,
    });
  return events;
}

type Message = {
  from?: string;
  id: string;
  timestamp: string;
  type?: string;
  text?: { body?: string };
  button?: { text?: string; payload?: string };
  interactive?: Record<"button_reply" | "list_reply", { id?: string; title?: string } | undefined>;
} & Partial<Record<"image" | "video" | "document" | "audio" | "sticker", { caption?: string }>>;

const attachments = {
  image: "[photo]",
  video: "[video]",
  document: "[document]",
  audio: "[voice message]",
  sticker: "[sticker]",
} as const;

/** What a person wrote or pressed; reactions, orders and system notes are no answers. */
function reply(message: Message): ProviderEvent[] {
  if (!message.from) return [];
  const said = wordsOf(message);
  if (said === null) return [];
  return [
    {
      kind: "reply",
      channel: "whatsapp",
      from: phone(message.from),
      text: said.text,
      button: said.button,
      publicId: readPayload(said.payload),
      providerMessageId: message.id,
      occurredAt: at(message.timestamp),
    },
  ];
}

function wordsOf(message: Message): { text: string; button: string | null; payload?: unknown } | null {
  const type = message.type ?? "text";
  if (type === "text") return message.text?.body ? { text: message.text.body, button: null } : null;
  if (type === "button" && message.button?.text)
    return { text: message.button.text, button: message.button.text, payload: message.button.payload };
  if (type === "interactive") {
    const pressed = message.interactive?.button_reply ?? message.interactive?.list_reply;
    return pressed?.title ? { text: pressed.title, button: pressed.title, payload: pressed.id } : null;
  }
  if (type in attachments) {
    const kind = type as keyof typeof attachments;
    return { text: message[kind]?.caption ?? attachments[kind], button: null };
  }
  return null;
}

type Preference = { wa_id?: string; category?: string; value?: string; timestamp?: string | number };

/** "Stop" under WhatsApp's own "offers and announcements"; only promotion is meant. */
function preference(told: Preference): ProviderEvent[] {
  if (told.category !== "marketing_messages" || told.value !== "stop" || !told.wa_id) return [];
  return [
    {
      kind: "opted_out",
      channel: "whatsapp",
      address: phone(told.wa_id),
      publicId: null,
      occurredAt: at(String(told.timestamp ?? 0)),
    },
  ];
}

const approvals = {
  APPROVED: "approved",
  REINSTATED: "approved",
  REJECTED: "rejected",
  PAUSED: "paused",
  FLAGGED: null,
  DISABLED: "disabled",
} as const;

function templateStatus(value: Value): ProviderEvent[] {
  const approval = approvals[value.event as keyof typeof approvals] ?? null;
  const { message_template_name: name, message_template_language: language } = value;
  if (!approval || !name || !language) return [];
  const reason = value.reason && value.reason !== "NONE" ? value.reason : null;
  return [{ kind: "template_status", name, language, approval, reason }];
}
