export { correctConversion } from "./correct";
export { keepFromCallback } from "./keep-from-callback";
export { keepFromEvents, measuredEvents } from "./keep-from-events";
export { keepFromPayments } from "./keep-from-payments";
export { listConversions } from "./list";
export { reattributeConversions } from "./reattribute";
export { recordConversions } from "./record";
