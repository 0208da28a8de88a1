import { installationMetrics, metricsToken } from "@/server/operations";
import { METRICS_TYPE } from "@/server/platform/metrics";
import { hashToken, sameBytes } from "@/server/platform/secrets";

/** Figures for Prometheus, for whoever has the token that `npm run ringback -- metrics-token` prints. */
export async function GET(request: Request): Promise<Response> {
  if (!opens(request.headers.get("authorization") ?? ""))
    return new Response("Send the token of `npm run ringback -- metrics-token` as the bearer token.\n", {
      status: 401,
      headers: { "www-authenticate": "Bearer" },
    });
  return new Response(await installationMetrics(), {
    headers: { "content-type": METRICS_TYPE, "cache-control": "no-store" },
  });
}

const opens = (header: string): boolean =>
  sameBytes(Buffer.from(hashToken(header)), Buffer.from(hashToken(`Bearer ${metricsToken()}`)));
