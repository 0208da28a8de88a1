export { type RunFigures, runFigures } from "./figures";
export { readUnsubscribeToken, unsubscribeUrl } from "./links";
export { decodePublicId, type ExecutionKey, encodePublicId } from "./public-id";
export { tagValues } from "./render-message";
