export { type RunFigures, runFigures } from "./figures";
export { readUnsubscribeToken, unsubscribeUrl } from "./links";
export { decodePublicId, type ExecutionKey, encodePublicId } from "./public-id";
export { localeOf, tagValues } from "./render-message";
