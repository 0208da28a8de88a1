export { askEngine, type EngineLook, type EngineRuns } from "./ask-engine";
