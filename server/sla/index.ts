export { appendClockEvents, type NewClockEvent } from "./append-events";
export { type ChosenPolicy, choosePolicy } from "./choose-policy";
export { type ClockFinding, sweepClocks, sweepWorkspace } from "./sweep";
