import { parse as parseUuid, stringify } from "uuid";
import { env } from "@/env";
import { isId } from "@/server/platform/ids";
import { mac, sameBytes } from "@/server/platform/secrets";

const TAG_BYTES = 12;
const ID_BYTES = 16;

/** Whose preferences a link opens. */
export type PreferenceOwner = { workspaceId: string; customerId: string };

/**
 * Address of a customer's preference centre, for any message and for people to hand out. Whoever has it can change what the
 * customer is sent, and sees no more than hints of the addresses. It works as long as the customer is there.
 */
export const customerPreferencesUrl = (owner: PreferenceOwner): string =>
  `${env.RINGBACK_URL}/preferences/${preferencesToken(owner)}`;

/** `c.<workspace and customer>.<tag>`, URL-safe. */
export function preferencesToken({ workspaceId, customerId }: PreferenceOwner): string {
  const body = Buffer.concat([parseUuid(workspaceId), parseUuid(customerId)]);
  return `c.${body.toString("base64url")}.${tag(body).toString("base64url")}`;
}

/** The owner inside a token, or null for anything that `preferencesToken` did not make. */
export function readPreferencesToken(token: string): PreferenceOwner | null {
  const [kind, given, proof, ...rest] = token.split(".");
  if (kind !== "c" || !given || !proof || rest.length > 0) return null;
  const body = Buffer.from(given, "base64url");
  if (body.length !== 2 * ID_BYTES || !sameBytes(tag(body), Buffer.from(proof, "base64url"))) return null;
  const [workspaceId, customerId] = [stringify(body, 0), stringify(body, ID_BYTES)];
  const owner = { workspaceId, customerId };
  // One spelling for one link: base64 ignores what is appended, and each spelling would be limited by itself.
  return isId(workspaceId) && isId(customerId) && preferencesToken(owner) === token ? owner : null;
}

const tag = (body: Buffer) => mac("preferences-token", body).subarray(0, TAG_BYTES);
