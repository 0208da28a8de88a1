export { readEngagement, scoresBefore } from "./read";
export { recomputeEngagement } from "./recompute";
