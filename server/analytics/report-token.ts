import { parse as parseUuid, stringify } from "uuid";
import { isId } from "@/server/platform/ids";
import { mac, sameBytes } from "@/server/platform/secrets";

const TAG_BYTES = 16;
const ID_BYTES = 16;

/** What the token of a report link names: its row decides whether it opens. */
export type ReportToken = { workspaceId: string; linkId: string };

/** The token of a link. Signed, so that nobody's guess reaches the database. */
export function reportToken({ workspaceId, linkId }: ReportToken): string {
  const body = Buffer.alloc(2 * ID_BYTES);
  body.set(parseUuid(workspaceId), 0);
  body.set(parseUuid(linkId), ID_BYTES);
  return `${body.toString("base64url")}.${tag(body).toString("base64url")}`;
}

const tag = (body: Buffer): Buffer => mac("report-token", body).subarray(0, TAG_BYTES);

/** What a token names; null for anything that `reportToken` did not make. */
export function readReportToken(token: string): ReportToken | null {
  const [given = "", proof = "", ...rest] = token.split(".");
  const body = Buffer.from(given, "base64url");
  if (rest.length > 0 || body.length !== 2 * ID_BYTES) return null;
  if (!sameBytes(tag(body), Buffer.from(proof, "base64url"))) return null;
  const named = { workspaceId: stringify(body, 0), linkId: stringify(body, ID_BYTES) };
  return isId(named.workspaceId) && isId(named.linkId) && reportToken(named) === token ? named : null;
}
