export { forgetMails, processMails } from "./process";
export { inboundKey, opensInbound, receivePosted } from "./receive-posted";
export { type Receiver, startReceiver } from "./receiver";
export { LARGEST_MAIL } from "./store";
