import { mac } from "@/server/platform/secrets";
import type { Visit } from "./classify-machine";

const LONGEST_AGENT = 300;

/** What is kept of a request. The caller's address becomes a keyed hash: it tells callers apart and names nobody. */
export function readVisit(request: Request): Visit {
  const { headers, method } = request;
  const purpose = ["sec-purpose", "purpose", "x-purpose", "x-moz"].map((name) => headers.get(name) ?? "");
  const address = headers.get("x-forwarded-for")?.split(",")[0]?.trim() ?? "";
  return {
    method,
    userAgent: (headers.get("user-agent") ?? "").slice(0, LONGEST_AGENT),
    purpose: purpose
      .filter((text) => text !== "")
      .join(" ")
      .slice(0, 60),
    addressHash: short(mac("visitor-address", address)),
  };
}

/** Tells one caller's requests from another's; the same caller within a minute is one event. */
export const visitKey = (visit: Visit): string => short(mac("visit", JSON.stringify(visit)));

const short = (digest: Buffer) => digest.toString("base64url").slice(0, 16);
