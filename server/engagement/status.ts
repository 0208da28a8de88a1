/** What the browser may know of the engagement score: its formula. */
export {
  engagementPartKeys,
  engagementParts,
} from "./formula";
