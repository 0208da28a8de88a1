export type { ChannelAdapter, Mailbox, OutboundMessage, SendHooks, SendOutcome } from "./adapter";
export { adapterFor, closeAdapters } from "./choose";
export { senderMailbox } from "./headers";
