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

const keys = new Map<string, Buffer>();

/** A 32-byte key for one purpose, derived from RINGBACK_SECRET. @throws Error when the secret is unset. */
function keyFor(purpose: string): Buffer {
  const known = keys.get(purpose);
  if (known) return known;
  if (!env.RINGBACK_SECRET)
    throw new Error(
      "RINGBACK_SECRET is not set. `npm start` generates one; other ways of running need it given.",
    );
  const key = Buffer.from(hkdfSync("sha256", env.RINGBACK_SECRET, "ringback", purpose, 32));
  keys.set(purpose, key);
  return key;
}

/** Keyed digest of `text` for one purpose: MACs of public ids and links, keyed hashes of addresses. */
export const mac = (purpose: string, text: string | Uint8Array): Buffer =>
  createHmac("sha256", keyFor(purpose)).update(text).digest();

/** Constant-time comparison of two digests. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && timingSafeEqual(a, b);

/** Encrypts a secret for storage (AES-256-GCM): `v1.` + base64url(iv, tag, text). */
export function encryptSecret(plain: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyFor("stored-secrets"), iv);
  const text = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return `v1.${Buffer.concat([iv, cipher.getAuthTag(), text]).toString("base64url")}`;
}

/** Reverses `encryptSecret`. @throws Error when the text was changed or the root secret is another. */
export function decryptSecret(stored: string): string {
  const bytes = Buffer.from(stored.slice(3), "base64url");
  const decipher = createDecipheriv("aes-256-gcm", keyFor("stored-secrets"), bytes.subarray(0, 12));
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
