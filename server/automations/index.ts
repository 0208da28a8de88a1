export { listen, listenAgain } from "./listen";
export { matchChanges } from "./match-changes";
export { matchEvents } from "./match-events";
export { wakeSender } from "./wake-sender";
