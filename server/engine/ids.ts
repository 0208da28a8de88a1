import { randomBytes } from "node:crypto";

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A ULID: 48 bits of `ms`, then 80 bits of entropy (ten bytes), sorted by time. */
export function ulid(ms: number, entropy: Uint8Array = randomBytes(10)): string {
  let value = BigInt(Math.max(0, Math.floor(ms)));
  for (const byte of entropy.subarray(0, 10)) value = (value << 8n) | BigInt(byte);
  let text = "";
  for (let i = 0; i < 26; i++) {
    text = alphabet.charAt(Number(value & 31n)) + text;
    value >>= 5n;
  }
  return text;
}

/**
 * The id of the n-th event of a request that carries `x-inngest-event-id-seed` ("milliseconds,base64 of ten bytes"):
 * a repeated request gets the same ids, so a lost answer does not double its events. Null for an unusable seed.
 */
export function seededUlid(seed: string | undefined, index: number): string | null {
  const [time, encoded] = seed?.split(",") ?? [];
  const entropy = Buffer.from(encoded ?? "", "base64");
  if (!time || !/^\d{1,14}$/.test(time) || entropy.length !== 10) return null;
  entropy.writeUInt32BE((entropy.readUInt32BE(6) + index) >>> 0, 6);
  return ulid(Number(time), entropy);
}
