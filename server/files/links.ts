import { env } from "@/env";
import { isId } from "@/server/platform/ids";
import { mac, sameBytes } from "@/server/platform/secrets";

const TAG_BYTES = 12;

/**
 * Address under which anybody can read an uploaded image, for pictures in mails. It names the file by its id and carries a
 * tag that only this installation can make; the bytes behind it never change, so it may be kept for ever.
 */
export const fileUrl = (fileId: string): string => `${env.RINGBACK_URL}${filePath(fileId, null)}`;

/** The same below this installation's own address; with an end, it stops working there. */
export function filePath(fileId: string, until: Date | null): string {
  const named = until === null ? fileId : `${fileId}.${Math.ceil(until.getTime() / 1000).toString(36)}`;
  return `/f/${named}.${tag(named).toString("base64url")}`;
}

/** What the last part of such an address names, or null for anything that was not made here. */
export function readFileToken(token: string): { fileId: string; until: Date | null } | null {
  const parts = token.split(".");
  const given = parts.pop() ?? "";
  const [fileId = "", seconds, ...rest] = parts;
  if (!isId(fileId) || rest.length > 0) return null;
  if (!sameBytes(tag(parts.join(".")), Buffer.from(given, "base64url"))) return null;
  return { fileId, until: seconds === undefined ? null : new Date(Number.parseInt(seconds, 36) * 1000) };
}

const tag = (named: string) => mac("file-link", named).subarray(0, TAG_BYTES);
