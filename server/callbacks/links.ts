import { env } from "@/env";
import { mac, sameBytes } from "@/server/platform/secrets";

const TAG_BYTES = 12;
const ID_BYTES = 16;

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll("-", ""), "hex");
const idOf = (bytes: Buffer): string =>
  bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** What a link carries, followed by a tag that only we can make. */
function seal(purpose: string, ids: readonly string[]): string {
  const bytes = Buffer.concat(ids.map(bytesOf));
  return Buffer.concat([bytes, mac(purpose, bytes).subarray(0, TAG_BYTES)]).toString("base64url");
}

/** The ids of a link of ours, in its one spelling; null for anything else. */
function open(purpose: string, token: string, count: number): string[] | null {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== count * ID_BYTES + TAG_BYTES || bytes.toString("base64url") !== token) return null;
  const ids = bytes.subarray(0, count * ID_BYTES);
  if (!sameBytes(mac(purpose, ids).subarray(0, TAG_BYTES), bytes.subarray(count * ID_BYTES))) return null;
  return Array.from({ length: count }, (_, nth) => idOf(ids.subarray(nth * ID_BYTES, (nth + 1) * ID_BYTES)));
}

/** Address of the page on which the customer of a request sees, moves and cancels it, and says how it went. */
export const customerUrl = (workspaceId: string, callbackId: string): string =>
  `${env.RINGBACK_URL}/call/${seal("callback-link", [workspaceId, callbackId])}`;

/** The request of such an address. */
export function readCustomerToken(token: string): { workspaceId: string; callbackId: string } | null {
  const [workspaceId, callbackId] = open("callback-link", token, 2) ?? [];
  return workspaceId && callbackId ? { workspaceId, callbackId } : null;
}

/** Address of the workspace's public form for calls. */
export const formUrl = (workspaceId: string): string =>
  `${env.RINGBACK_URL}/call-me/${seal("call-me", [workspaceId])}`;

/** The workspace of such an address. */
export function readFormToken(token: string): { workspaceId: string } | null {
  const [workspaceId] = open("call-me", token, 1) ?? [];
  return workspaceId ? { workspaceId } : null;
}
