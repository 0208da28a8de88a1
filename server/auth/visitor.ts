/** What a request tells about the browser behind it. */
export type Visitor = { address: string; userAgent: string | null };

/**
 * The address comes from the last hop: Next or the nearest proxy wrote it, anything before it is the client's own claim.
 */
export function visitorOf(headers: Headers): Visitor {
  const hops = (headers.get("x-forwarded-for") ?? "").split(",");
  return {
    address: hops.at(-1)?.trim() || "unknown",
    userAgent: headers.get("user-agent")?.slice(0, 300) ?? null,
  };
}
