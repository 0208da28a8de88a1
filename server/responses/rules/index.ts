import { callWord, wantsCall } from "./callback";
import { grievance } from "./complaint";
import { declines, saysYes, wantsOffer } from "./interest";
import { automaticReply } from "./machine";
import { asks, servicesPolicy } from "./question";
import type { ReplyRule } from "./rule";
import { noCalls, startWord, stopPhrase, stopWord } from "./stop";

/**
 * The rules, the first that matches decides the class. An opt-out's exact word stands first, because nothing may hide it; a
 * complaint stands before a wish for calls, because it must be heard as one. Wishes about consent are read from all of
 * them: “stop this or I will complain” is a complaint, and a STOP.
 */
export const replyRules: readonly ReplyRule[] = [
  stopWord,
  startWord,
  automaticReply,
  grievance,
  noCalls,
  servicesPolicy,
  stopPhrase,
  callWord,
  wantsCall,
  declines,
  wantsOffer,
  asks,
  saysYes,
];
