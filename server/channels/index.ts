export type { ChannelAdapter, OutboundMessage, SendOutcome } from "./adapter";
export { adapterFor, closeAdapters } from "./choose";
export { senderMailbox } from "./headers";
