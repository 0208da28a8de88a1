export { appendClockEvents, type NewClockEvent } from "./append-events";
export { type ChosenPolicy, choosePolicy } from "./choose-policy";
export { type ClockEvent, type ClockState, foldClock } from "./clock";
export { type ExplainedBreach, explainBreach } from "./explain";
export { type ExplainedClock, explainClocks } from "./explain-clocks";
export { type ClockFinding, sweepClocks, sweepWorkspace } from "./sweep";
export { workingHours } from "./working-hours";
