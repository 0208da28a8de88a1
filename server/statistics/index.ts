export { erlangC, type Staffing } from "./erlang-c";
export { probabilityOfBest } from "./posterior";
export {
  holdOutLift,
  holmAdjusted,
  type Interval,
  newcombeInterval,
  type Proportion,
  pooledTest,
  sampleRatio,
  wilsonInterval,
} from "./proportions";
export { judge, type Verdict } from "./sequential";
