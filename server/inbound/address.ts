import { env } from "@/env";
import { decodePublicId } from "@/server/deliveries";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const ADDRESS = /^(?<what>bounce|reply)-(?<id>[a-z2-7]{20,60})@(?<domain>[^@]+)$/i;

export type InboundAddress = { publicId: string; for: "bounce" | "reply" };

/**
 * Whom a mail to us is about: the address holds the public id, which holds its MAC, so nobody can make one. Null for an
 * address that we never gave out. Servers change the case of letters, so the id stands in base 32.
 */
export function readInboundAddress(address: string): InboundAddress | null {
  const found = ADDRESS.exec(address.trim().replace(/^<|>$/g, ""));
  const { what, id, domain } = found?.groups ?? {};
  if (!what || !id || domain?.toLowerCase() !== env.INBOUND_MAIL_DOMAIN?.toLowerCase()) return null;
  const publicId = fromBase32(id.toLowerCase());
  return publicId !== null && decodePublicId(publicId)
    ? { publicId, for: what.toLowerCase() === "reply" ? "reply" : "bounce" }
    : null;
}

function fromBase32(text: string): string | null {
  let bits = "";
  for (const letter of text) bits += ALPHABET.indexOf(letter).toString(2).padStart(5, "0");
  const bytes = bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [];
  return Buffer.from(bytes).toString("base64url");
}
