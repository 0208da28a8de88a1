export { appendReaction } from "./append-reaction";
export { findUnsubscribeLink, getUnsubscribePage } from "./get-unsubscribe";
export { listVisits, type VisitLine } from "./list-visits";
export { recordClick } from "./record-click";
export { recordOpen } from "./record-open";
export { resubscribe } from "./resubscribe";
export { testLink } from "./test-link";
export { unsubscribe } from "./unsubscribe";
