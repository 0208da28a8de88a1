import { env } from "@/env";
import { mac, sameBytes } from "@/server/platform/secrets";

const TAG_BYTES = 12;

/**
 * Address under which anybody can read an uploaded file, for pictures in mails. It names the file by its id and carries a tag
 * that only this installation can make; the bytes behind it never change, so it may be kept for ever.
 */
export const fileUrl = (fileId: string): string =>
  `${env.RINGBACK_URL.replace(/\/+$/, "")}/f/${fileId}.${tag(fileId).toString("base64url")}`;

/**
 * The file's id inside the last part of such an address, or null for anything that `fileUrl` did not make.
 * @public
 */
export function readFileToken(token: string): string | null {
  const [fileId, given, ...rest] = token.split(".");
  if (!fileId || !given || rest.length > 0) return null;
  return sameBytes(tag(fileId), Buffer.from(given, "base64url")) ? fileId : null;
}

const tag = (fileId: string) => mac("file-link", fileId).subarray(0, TAG_BYTES);
