import { env } from "@/env";
import type { EmailContent, Mailbox, OutboundMessage } from "./adapter";
import { inboundAddress } from "./smtp/inbound-address";

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

/**
 * Headers besides the usual ones: our id, where answers go, and the one-click way out (RFC 8058) of promotional mail, with
 * a mail address beside it (RFC 2369) where this installation receives mail.
 */
export function extraHeaders(message: Mail): Record<string, string> {
  const headers: Record<string, string> = { "X-Ringback-Id": message.publicId };
  const answers =
    message.content.replyTo ||
    (message.kind === "campaign" ? inboundAddress("reply", message.publicId) : null);
  if (answers) headers["Reply-To"] = answers;
  if (message.content.unsubscribeUrl !== null) {
    const ways = [message.content.unsubscribeUrl, mailWay(message)].filter((way) => way !== null);
    headers["List-Unsubscribe"] = ways.map((way) => `<${way}>`).join(", ");
    headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click";
  }
  return headers;
}

/** The link's token, as an address of ours; a test's link is no execution's. */
function mailWay({ kind, content }: Mail): string | null {
  const token = kind === "campaign" ? content.unsubscribeUrl?.split("/").at(-1) : undefined;
  const address = token === undefined ? null : inboundAddress("unsubscribe", token);
  return address && `mailto:${address}?subject=unsubscribe`;
}
