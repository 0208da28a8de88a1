import { env } from "@/env";
import { decodePublicId, readUnsubscribeToken, unsubscribeTokenOf } from "@/server/deliveries";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const ADDRESS = /^(?<what>bounce|reply|unsubscribe)-(?<id>[a-z2-7]{20,60})@(?<domain>[^@]+)$/i;

export type InboundAddress =
  | { publicId: string; for: "bounce" | "reply" }
  /** `token`: that of the message's unsubscribe link. */
  | { publicId: string; for: "unsubscribe"; token: string };

/**
 * Whom a mail to us is about: the address holds the public id, which holds its MAC, so nobody can make one. Null for an
 * address that we never gave out. Servers change the case of letters, so the id stands in base 32.
 */
export function readInboundAddress(address: string): InboundAddress | null {
  const found = ADDRESS.exec(address.trim().replace(/^<|>$/g, ""));
  const { what = "", id, domain } = found?.groups ?? {};
  if (!id || domain?.toLowerCase() !== env.INBOUND_MAIL_DOMAIN?.toLowerCase()) return null;
  const bytes = fromBase32(id.toLowerCase());
  if (what.toLowerCase() === "unsubscribe") {
    const token = unsubscribeTokenOf(bytes);
    const publicId = readUnsubscribeToken(token);
    return publicId === null ? null : { publicId, for: "unsubscribe", token };
  }
  const publicId = bytes.toString("base64url");
  return decodePublicId(publicId)
    ? { publicId, for: what.toLowerCase() === "reply" ? "reply" : "bounce" }
    : null;
}

function fromBase32(text: string): Buffer {
  let bits = "";
  for (const letter of text) bits += ALPHABET.indexOf(letter).toString(2).padStart(5, "0");
  return Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
}
