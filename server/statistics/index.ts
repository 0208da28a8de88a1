export { erlangC, type Staffing } from "./erlang-c";
export { sampleRatio } from "./proportions";
export { judge, type Verdict } from "./sequential";
