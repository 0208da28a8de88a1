import { randomBytes } from "node:crypto";
import { mac, sameBytes } from "@/server/platform/secrets";

const ID_BYTES = 16;
const KEY_BYTES = ID_BYTES + 9;
const NONCE_BYTES = 16;
const TAG_BYTES = 16;

/** A new public key of a workspace's widget: it names the workspace, and is worth nothing unless it is the one that is stored. */
export const newWidgetKey = (workspaceId: string): string =>
  Buffer.concat([
    Buffer.from(workspaceId.replaceAll("-", ""), "hex"),
    randomBytes(KEY_BYTES - ID_BYTES),
  ]).toString("base64url");

/** The workspace that a key names; null for what cannot be one. */
export function workspaceOfKey(key: string): string | null {
  const bytes = Buffer.from(key, "base64url");
  if (bytes.length !== KEY_BYTES || bytes.toString("base64url") !== key) return null;
  return bytes
    .subarray(0, ID_BYTES)
    .toString("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** For one form on one page: it cannot be used from another origin, nor after its time, nor for a second request. */
type Pass = { key: string; origin: string };

/** How long a form that was opened can be sent. */
export const PASS_MS = 30 * 60_000;

/** A pass from this instant on. */
export function newPass(pass: Pass, now: Date): string {
  const body = Buffer.alloc(8 + NONCE_BYTES);
  body.writeBigUInt64BE(BigInt(now.getTime()));
  randomBytes(NONCE_BYTES).copy(body, 8);
  return Buffer.concat([body, tag(pass, body)]).toString("base64url");
}

/** What tells this pass from all others; null for one that is not for this page, or whose time is over. */
export function readPass(token: string, pass: Pass, now: Date): string | null {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== 8 + NONCE_BYTES + TAG_BYTES || bytes.toString("base64url") !== token) return null;
  const body = bytes.subarray(0, -TAG_BYTES);
  if (!sameBytes(tag(pass, body), bytes.subarray(-TAG_BYTES))) return null;
  const age = now.getTime() - Number(body.readBigUInt64BE());
  return age >= 0 && age <= PASS_MS ? body.subarray(8).toString("base64url") : null;
}

const tag = ({ key, origin }: Pass, body: Buffer): Buffer =>
  mac("widget-pass", Buffer.concat([Buffer.from(`${key} ${origin} `), body])).subarray(0, TAG_BYTES);
