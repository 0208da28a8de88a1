export { channelsChosen, chosenAudience, heldOut } from "./choose-audience";
export { channelChoice } from "./choose-channel";
export { channelsOf, variantOf } from "./choose-variant";
export { pricingOf } from "./facts-of";
export { type RunFigures, runFigures } from "./figures";
export { type Imagined, type ImaginedMessage, imagineMessage } from "./imagine-message";
export { type JudgedCustomer, judgeCustomers } from "./judge-customers";
export { keptContent } from "./kept-content";
export {
  callbackUrl,
  readCallbackToken,
  readTestId,
  readUnsubscribeToken,
  sampleCallbackUrl,
  sampleShortUrl,
  testShortUrl,
  unsubscribeTokenOf,
  unsubscribeUrl,
} from "./links";
export { listRecipients } from "./list-recipients";
export { loadExtras, needsExtras } from "./load-extras";
export { lockTracking, trackingLock } from "./lock-tracking";
export { decodePublicId, type ExecutionKey, encodePublicId } from "./public-id";
export { recordProviderEvents } from "./record-provider-events";
export { requireCampaignReader, requireReader } from "./require-reader";
export type { RunConditions } from "./run-conditions";
export { ANSWER, sendAnswer } from "./send-answer";
export { type CarriedMessage, sendCarried } from "./send-carried";
export { steadily } from "./steadily";
export { type Described, tagValues } from "./tag-values";
export { targetOf } from "./target";
