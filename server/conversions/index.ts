export { keepFromEvents } from "./keep-from-events";
export { reattributeConversions } from "./reattribute";
