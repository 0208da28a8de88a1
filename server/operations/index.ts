export { beat, startBeating } from "./beat";
export { installationMetrics, metricsToken } from "./metrics";
export { readiness } from "./ready";
