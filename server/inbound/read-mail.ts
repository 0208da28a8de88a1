import { type ParsedMail, simpleParser } from "mailparser";
import { decodePublicId } from "@/server/deliveries";
import { withoutQuotes } from "./quotes";

/** What a mail that came to us is. */
export type InboundMail = { publicId: string | null } & (
  | {
      kind: "bounce";
      /** RFC 3463: “5.1.1”. */
      status: string;
      /** The address itself is dead. */
      hard: boolean;
      /** The server's words, without addresses. */
      words: string;
    }
  /** The server still tries. */
  | { kind: "delayed" }
  | { kind: "complaint"; feedback: string }
  | {
      kind: "reply";
      from: string;
      text: string;
      messageId: string | null;
      at: Date | null;
      automatic: boolean;
    }
  /** Nothing to be done: our own mail that came back, or a report that says nothing. */
  | { kind: "ignored"; why: "loop" | "no_sender" | "no_report" }
);

type Fields = Map<string, string>;

/**
 * Reads a mail: delivery reports (RFC 3464), complaints (RFC 5965), and what a person or a machine (RFC 3834) wrote back.
 * `toBounce`: it came to the return path, where only machines write.
 */
export async function readMail(raw: Buffer, toBounce: boolean): Promise<InboundMail> {
  const mail = await simpleParser(raw, {
    keepDeliveryStatus: true,
    skipImageLinks: true,
  });
  const publicId = idOf(mail, raw);
  const type = mail.headers.get("content-type") as
    | { value?: string; params?: Record<string, string> }
    | undefined;
  const report = type?.value === "multipart/report" ? type.params?.["report-type"]?.toLowerCase() : undefined;
  if (report === "delivery-status") return { publicId, ...delivery(partOf(mail, "message/delivery-status")) };
  if (report === "feedback-report") {
    const fields = fieldsOf(partOf(mail, "message/feedback-report"));
    return { publicId, kind: "complaint", feedback: fields.get("feedback-type") ?? "abuse" };
  }
  // Our own header on the mail itself, not inside a report: it came back to us by some rule of forwarding.
  if (mail.headers.has("x-ringback-id")) return { publicId, kind: "ignored", why: "loop" };
  const from = mail.from?.value[0]?.address;
  if (!from) return { publicId, kind: "ignored", why: "no_sender" };
  return {
    publicId,
    kind: "reply",
    from,
    text: withoutQuotes(mail.text ?? ""),
    messageId: mail.messageId ?? null,
    at: mail.date ?? null,
    automatic: toBounce || isAutomatic(mail, from),
  };
}

function delivery(part: string): DistributedBounce {
  const fields = fieldsOf(part);
  const action = fields.get("action")?.toLowerCase();
  const status = /\d\.\d{1,3}\.\d{1,3}/.exec(fields.get("status") ?? "")?.[0];
  if (action === "delayed" || action === "delivered" || action === "relayed" || action === "expanded")
    return { kind: "delayed" };
  if (!status) return { kind: "ignored", why: "no_report" };
  const words = withoutAddresses((fields.get("diagnostic-code") ?? "").replace(/^\s*\w+;\s*/, ""));
  return { kind: "bounce", status, hard: status.startsWith("5.1."), words: `${status} ${words}`.trim() };
}

type DistributedBounce =
  | { kind: "bounce"; status: string; hard: boolean; words: string }
  | { kind: "delayed" }
  | { kind: "ignored"; why: "no_report" };

const withoutAddresses = (text: string): string =>
  text
    .replace(/<?[^\s<>@:;,]+@[^\s<>@:;,]+>?/g, "[address]")
    .replace(/\s+/g, " ")
    .slice(0, 200);

const partOf = (mail: ParsedMail, type: string): string =>
  mail.attachments.find(({ contentType }) => contentType === type)?.content.toString("utf8") ?? "";

/** The fields of a report; folded lines are one, and of several recipients the first counts: we write to one only. */
function fieldsOf(text: string): Fields {
  const fields: Fields = new Map();
  for (const line of text.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/)) {
    const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
    if (name && value !== undefined && !fields.has(name.toLowerCase()))
      fields.set(name.toLowerCase(), value.trim());
  }
  return fields;
}

/** Set by whoever answers by machine: RFC 3834, and what older programs write. */
function isAutomatic(mail: ParsedMail, from: string): boolean {
  const header = (name: string) => String(mail.headers.get(name) ?? "").toLowerCase();
  const submitted = header("auto-submitted");
  return (
    (submitted !== "" && submitted !== "no") ||
    ["bulk", "junk", "list", "auto_reply"].includes(header("precedence")) ||
    ["x-autoreply", "x-autorespond", "x-auto-reply-from", "list-id", "x-ms-exchange-inbox-rules-loop"].some(
      (name) => mail.headers.has(name),
    ) ||
    /^(mailer-daemon|postmaster|no-?reply|do-?not-?reply)@/i.test(from)
  );
}

/** Our id, as it stands in the message that a report encloses, or in what a reply refers to. */
function idOf(mail: ParsedMail, raw: Buffer): string | null {
  const enclosed = /^X-Ringback-Id:\s*([\w-]{10,80})/im.exec(raw.toString("latin1"))?.[1];
  const references = [mail.inReplyTo ?? "", ...[mail.references ?? []].flat()].join(" ");
  const named = [...`${references} ${partOf(mail, "message/delivery-status")}`.matchAll(/<([\w-]{10,80})@/g)];
  const candidates = [enclosed, ...named.map((hit) => hit[1])];
  return candidates.find((id) => id !== undefined && decodePublicId(id) !== null) ?? null;
}
