import { env } from "@/env";
import { mac, sameBytes } from "@/server/platform/secrets";

const TAG_BYTES = 12;

/**
 * Address below this installation's own that leads on to a target and counts nothing: for tests through providers that were
 * promised our address (a WhatsApp template's button). It carries its target and a tag that only this installation can make.
 */
export function testLink(target: string): string {
  const named = Buffer.from(target).toString("base64url");
  return `${env.RINGBACK_URL}/t/l/${named}.${tag(named).toString("base64url")}`;
}

/** Where such an address leads, or null for anything that was not made here: nobody's redirect but our own. */
export function readTestLink(token: string): string | null {
  const [named = "", given = "", ...rest] = token.split(".");
  if (rest.length > 0 || !sameBytes(tag(named), Buffer.from(given, "base64url"))) return null;
  return Buffer.from(named, "base64url").toString();
}

const tag = (named: string) => mac("test-link", named).subarray(0, TAG_BYTES);
