import type { ResponseClass } from "../status";

/** What a rule asks to be done about consent, besides the class that it gives. */
export type ConsentWish =
  /** No more promotion on the channel that the reply came by. */
  | "stop"
  /** No more promotional calls. */
  | "stop_calls"
  /** Promotion on the channel again. */
  | "start";

/** A rule: where its words are found in a normalised reply, the reply is of its class. */
export type ReplyRule = {
  /** Kept with the response; never renamed. */
  name: string;
  class: ResponseClass;
  /** Completes “Classified by rule: …”, for people. */
  says: string;
  /** Finds the words in a normalised reply. */
  find: RegExp;
  wish?: ConsentWish;
};

/** Matches one of the phrases as whole words; a phrase may hold alternatives: `call (me|us)`. */
export const anywhere = (...phrases: string[]): RegExp =>
  new RegExp(`(?<= )(?:${phrases.join("|")})(?= )`, "u");

/** Matches a reply that is one of the phrases and nothing else but courtesy. */
export const wholly = (...phrases: string[]): RegExp =>
  new RegExp(`^ (?:${courtesy} )*(?:${phrases.join("|")})(?: ${courtesy})* $`, "u");

const courtesy =
  "(?:please|thanks|thank you|thankyou|hi|hello|dear|sir|madam|maam|team|ok|okay|now|immediately|urgently|ji|bhai|namaste|dhanyavad|shukriya|कृपया|धन्यवाद|नमस्ते|जी|अभी|तुरंत)";
