import { randomBytes } from "node:crypto";
import { hashToken } from "@/server/platform/secrets";

/** A new key (256 random bits), the hash that is stored in its place, and the last four signs to know it by. */
export function makeKey(): { key: string; hash: string; hint: string } {
  const key = `rb_${randomBytes(32).toString("base64url")}`;
  return { key, hash: hashToken(key), hint: key.slice(-4) };
}
