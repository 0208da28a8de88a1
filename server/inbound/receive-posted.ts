import { mac, sameBytes } from "@/server/platform/secrets";
import { readInboundAddress } from "./address";
import { storeMail } from "./store";

/** What lets a mail service post to us; made from the installation's secret, so that nothing is stored. */
export const inboundKey = (): string => mac("inbound-mail", "key").toString("base64url").slice(0, 32);

/** Whether whoever calls was given the key; compared in constant time. */
export const opensInbound = (key: string): boolean => sameBytes(Buffer.from(key), Buffer.from(inboundKey()));

export type PostedMail = { key: string; recipients: string[]; raw: Buffer | null };

/**
 * Takes a mail that a mail service posts. `stored` also where no recipient is ours: trying again would change nothing.
 * `refused`: the key is wrong; `empty`: there is no mail in it.
 */
export async function receivePosted({
  key,
  recipients,
  raw,
}: PostedMail): Promise<"stored" | "refused" | "empty"> {
  if (!opensInbound(key)) return "refused";
  if (!raw || raw.length === 0) return "empty";
  const asked = recipients.length > 0 ? recipients : recipientsIn(raw);
  const ours = [...new Set(asked.map((each) => each.trim()))].filter((each) => readInboundAddress(each));
  for (const recipient of ours) await storeMail({ recipient, raw });
  return "stored";
}

/** Where the service does not say to whom it came, the mail's own headers do. */
function recipientsIn(raw: Buffer): string[] {
  const head = raw.toString("latin1").split(/\r?\n\r?\n/, 1)[0] ?? "";
  const unfolded = head.replace(/\r?\n[ \t]+/g, " ");
  const lines = unfolded.match(/^(delivered-to|x-original-to|envelope-to|to|cc):.*$/gim) ?? [];
  return lines.flatMap((line) => line.match(/[^\s<>,;:"]+@[^\s<>,;:"]+/g) ?? []);
}
