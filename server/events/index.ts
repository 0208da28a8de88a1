export { type Evaluator, evaluateTouched, freeDeadClaims } from "./evaluate";
export { TOUCHED_CHANNEL, touchCustomers } from "./touch";
