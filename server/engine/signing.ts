import { createHash, createHmac, timingSafeEqual } from "node:crypto";

const prefixOf = (key: string): string => /^signkey-\w+-/.exec(key)?.[0] ?? "";
const bare = (key: string): string => key.slice(prefixOf(key).length);

const mac = (body: string, key: string, seconds: string): string =>
  createHmac("sha256", bare(key)).update(body).update(seconds).digest("hex");

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** A signing key is hex text with an even number of digits, optionally after `signkey-<name>-`. */
export function isSigningKey(key: string): boolean {
  return /^(?:[0-9a-f]{2}){8,}$/i.test(bare(key));
}

/** The bearer token that SDKs send for `key`: its prefix and the SHA-256 of its decoded bytes. */
function bearerOf(key: string): string {
  return (
    prefixOf(key) +
    createHash("sha256")
      .update(Buffer.from(bare(key), "hex"))
      .digest("hex")
  );
}

/** The `x-inngest-signature` of a canonical body. Uses the machine's clock: the SDK compares with its own. */
export function sign(body: string, key: string, nowMs: number = Date.now()): string {
  const seconds = String(Math.floor(nowMs / 1000));
  return `t=${seconds}&s=${mac(body, key, seconds)}`;
}

/** True when `header` signs `body` by one of `keys` within five minutes. */
export function isSigned(body: string, header: string | undefined, keys: string[]): boolean {
  const params = new URLSearchParams(header ?? "");
  const seconds = params.get("t") ?? "";
  const signature = params.get("s") ?? "";
  if (!/^\d+$/.test(seconds) || Math.abs(Date.now() - Number(seconds) * 1000) > 300_000) return false;
  return keys.some((key) => same(mac(body, key, seconds), signature));
}

/** True when an Authorization header carries the bearer token of one of `keys`. */
export function isBearer(header: string | undefined, keys: string[]): boolean {
  const token = header?.replace(/^Bearer /i, "") ?? "";
  return keys.some((key) => same(bearerOf(key), token));
}
