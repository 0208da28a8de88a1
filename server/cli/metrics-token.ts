import { env } from "@/env";
import { metricsToken } from "@/server/operations";
import { loadSecrets } from "@/server/platform/installation";

/** `metrics-token`: prints what Prometheus sends as its bearer token to /metrics. */
export async function metricsTokenCommand(): Promise<number> {
  env.RINGBACK_SECRET ||= loadSecrets(env.RINGBACK_DATA_DIR).RINGBACK_SECRET;
  console.log(metricsToken());
  return 0;
}
