export { analyzeOutgrown } from "./analyze-outgrown";
export { beat, endBeating, startBeating } from "./beat";
export { drainOnSignal } from "./drain";
export { installationMetrics, metricsToken } from "./metrics";
export { readiness } from "./ready";
