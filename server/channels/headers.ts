import { env } from "@/env";
import type { EmailContent, Mailbox, OutboundMessage } from "./adapter";

type Mail = OutboundMessage<EmailContent>;

/** The address that mail comes from (MAIL_FROM), under the name of the company that sends it. */
export function senderMailbox(name?: string): Mailbox {
  const match = /^\s*(?:"?(?<name>[^"<]*?)"?\s*)<(?<address>[^<>\s]+)>\s*$/.exec(env.MAIL_FROM);
  const address = match?.groups?.address ?? env.MAIL_FROM.trim();
  return { name: name || (match?.groups?.name ?? ""), address };
}

/** Message-ID: the public id at the sender's domain, so that bounces and replies name the execution. */
export const messageId = (message: Mail): string =>
  `<${message.publicId}@${message.content.from.address.split("@").at(-1) ?? "localhost"}>`;

/** Headers besides the usual ones: our id, where answers go, and the one-click way out (RFC 8058) of promotional mail. */
export function extraHeaders(message: Mail): Record<string, string> {
  const headers: Record<string, string> = { "X-Ringback-Id": message.publicId };
  if (message.content.replyTo) headers["Reply-To"] = message.content.replyTo;
  if (message.content.unsubscribeUrl !== null) {
    headers["List-Unsubscribe"] = `<${message.content.unsubscribeUrl}>`;
    headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click";
  }
  return headers;
}
