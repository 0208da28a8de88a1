import { env } from "@/env";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

/**
 * Where bounces, answers and unsubscribing mails of a message come back to us (VERP): the public id, for `unsubscribe` the
 * token of its link, in base 32, because servers change the case of letters. Null where this installation receives no
 * mail. `server/inbound/address.ts` reads it.
 */
export function inboundAddress(what: "bounce" | "reply" | "unsubscribe", id: string): string | null {
  if (!env.INBOUND_MAIL_DOMAIN) return null;
  const bits = id
    .split(".")
    .flatMap((part) => [...Buffer.from(part, "base64url")])
    .map((byte) => byte.toString(2).padStart(8, "0"))
    .join("");
  const words = (bits.match(/.{1,5}/g) ?? [])
    .map((five) => ALPHABET[Number.parseInt(five.padEnd(5, "0"), 2)])
    .join("");
  return `${what}-${words}@${env.INBOUND_MAIL_DOMAIN}`;
}
