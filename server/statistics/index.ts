export { erlangC, type Staffing } from "./erlang-c";
export { probabilityOfBest } from "./posterior";
export {
  holdOutLift,
  holmAdjusted,
  type Interval,
  newcombeInterval,
  type Proportion,
  pooledTest,
  wilsonInterval,
} from "./proportions";
export { sampleRatio } from "./sample-ratio";
export { judge, type Verdict } from "./sequential";
