export { askEngine, type EngineLook, type EngineRuns } from "./ask-engine";
export { isAnswering } from "./client";
