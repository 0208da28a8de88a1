/** What a customer's reply is about (`product.md`); `other` is what no rule knows. */
export const responseClasses = [
  "interested",
  "question",
  "complaint",
  "unsubscribe",
  "callback_request",
  "auto_reply",
  "other",
] as const;
export type ResponseClass = (typeof responseClasses)[number];
