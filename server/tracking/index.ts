export { getUnsubscribePage } from "./get-unsubscribe";
export { clickUrl, openUrl, unsubscribeUrl } from "./links";
export { recordClick } from "./record-click";
export { recordOpen } from "./record-open";
export { resubscribe } from "./resubscribe";
export { unsubscribe } from "./unsubscribe";
