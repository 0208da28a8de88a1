import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { env } from "@/env";
import { type EncryptionKey, type EncryptionKeys, readEncryptionKeys } from "./encryption-keys";

const keys = new Map<string, Buffer>();

/** A 32-byte key for one purpose, derived from RINGBACK_SECRET. @throws Error when the secret is unset. */
function keyFor(purpose: string): Buffer {
  const { RINGBACK_SECRET: secret } = env;
  if (!secret)
    throw new Error(
      "RINGBACK_SECRET is not set. `npm start` generates one; other ways of running need it given.",
    );
  // By the secret too: a journey that looks into two installations has two.
  const place = `${secret} ${purpose}`;
  const known = keys.get(place);
  if (known) return known;
  const key = Buffer.from(hkdfSync("sha256", secret, "ringback", purpose, 32));
  keys.set(place, key);
  return key;
}

/** Keyed digest of `text` for one purpose: MACs of public ids and links, keyed hashes of addresses. */
export const mac = (purpose: string, text: string | Uint8Array): Buffer =>
  createHmac("sha256", keyFor(purpose)).update(text).digest();

/** Constant-time comparison of two digests. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && timingSafeEqual(a, b);

/**
 * Encrypts a secret for storage (AES-256-GCM): base64url(iv, tag, text) behind `v2.` and its key's id, or behind `v1.` where it is
 * RINGBACK_SECRET's, which has been every installation's until its first rotation.
 */
export const encryptSecret = (plain: string): string => encryptWith(readEncryptionKeys().current, plain);

export function encryptWith({ id, key }: EncryptionKey, plain: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  const text = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return `${sealOf(id)}${Buffer.concat([iv, cipher.getAuthTag(), text]).toString("base64url")}`;
}

/** How everything begins that was encrypted with a key. */
export const sealOf = (id: EncryptionKey["id"]): string => (id === null ? "v1." : `v2.${id}.`);

/** Reverses `encryptSecret`. @throws Error when the text was changed, or its key is none of those that are accepted now */
export const decryptSecret = (stored: string): string => decryptWith(readEncryptionKeys(), stored);

/** As `decryptSecret`, with keys that are given. */
export function decryptWith({ current, previous }: EncryptionKeys, stored: string): string {
  const found = [current, previous].find((key) => key && stored.startsWith(sealOf(key.id)));
  if (!found) throw new Error("This was encrypted with a key that is not accepted here.");
  const bytes = Buffer.from(stored.slice(sealOf(found.id).length), "base64url");
  const decipher = createDecipheriv("aes-256-gcm", found.key, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
}

/** A random token for a one-time link, and the hash that is stored in its place. */
export function newToken(): { token: string; hash: string } {
  const token = randomBytes(24).toString("base64url");
  return { token, hash: hashToken(token) };
}

/** SHA-256 of a high-entropy token, hex. Not for passwords. */
export const hashToken = (token: string): string => createHash("sha256").update(token).digest("hex");
