export { letGoEverywhere } from "./let-go-ended";
export { tellOfClock } from "./tell";
