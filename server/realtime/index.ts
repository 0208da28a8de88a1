export { streamTopics } from "./stream-topics";
