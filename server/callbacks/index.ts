export { cancelCallback } from "./close";
export { type ExpectedCallbacks, expectCallbacks } from "./expect";
export { letGoEverywhere } from "./let-go-ended";
export { tellOfClock } from "./tell";
