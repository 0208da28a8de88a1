export { type Account, accountById, accountFor, hasInstallationSmtp } from "./accounts/account-for";
export { noteAccepted, troubleAccount } from "./accounts/trouble-account";
export type { ChannelAdapter, OutboundMessage, SendOutcome } from "./adapter";
export { closeAdapters } from "./adapters";
export { senderMailbox } from "./headers";
export { type Price, priceFor, priceTable } from "./prices/price-for";
export { answerHandshake, LARGEST_CALL, receiveWebhook } from "./receipts/receive";
export { RefusedCalls } from "./receipts/refused-calls";
