export { hoursOn, hoursWords, instantIn, isZone, momentIn } from "./hours";
export { HoursTable, readHours } from "./hours-table";
export { loadRules } from "./load-rules";
