export { type Account, accountById, accountFor, hasInstallationSmtp } from "./account-for";
export type { ChannelAdapter, OutboundMessage, SendOutcome } from "./adapter";
export { closeAdapters } from "./adapters";
export { senderMailbox } from "./headers";
export { type Price, priceFor, priceTable } from "./price-for";
export { answerHandshake, LARGEST_CALL, receiveWebhook } from "./receipts/receive";
export { RefusedCalls } from "./receipts/refused-calls";
export { noteAccepted, troubleAccount } from "./trouble-account";
