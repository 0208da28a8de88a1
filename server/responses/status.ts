/** What a customer meant by a reply. The first five ask for something; the others are kept and counted apart. */
export const responseClasses = [
  "interested",
  "question",
  "complaint",
  "unsubscribe",
  "callback_request",
  "other",
  "auto_reply",
] as const;
export type ResponseClass = (typeof responseClasses)[number];

/** Whether somebody still has to do something about a response; `none` where nobody ever had to. */
export const followUpStates = ["open", "done", "none"] as const;
export type FollowUpState = (typeof followUpStates)[number];

/** Where a class begins. An opt-out is done when it is recorded; a machine's answer needs nobody. */
export const followUpOf = (found: ResponseClass): "open" | "none" =>
  found === "unsubscribe" || found === "auto_reply" || found === "other" ? "none" : "open";
