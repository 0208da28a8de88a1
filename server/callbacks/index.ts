export { cancelCallback } from "./close";
export { letGoEverywhere } from "./let-go-ended";
export { tellOfClock } from "./tell";
