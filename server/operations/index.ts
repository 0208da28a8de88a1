export { analyzeOutgrown } from "./analyze-outgrown";
export { beat, startBeating } from "./beat";
export { drainOnSignal } from "./drain";
export { installationMetrics, metricsToken } from "./metrics";
export { readiness } from "./ready";
