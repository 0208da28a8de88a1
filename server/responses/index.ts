export { type RecordedReply, recordReply } from "./record-reply";
