import type { requestTypes } from "./status";

type Topic = keyof typeof requestTypes;

const topics: Readonly<Record<string, Topic>> = {
  premium_due: "payment_problem",
  payment_failed: "payment_problem",
  renewal_reminder: "policy_issue",
  policy_document: "policy_issue",
  policy_service: "policy_issue",
  kyc_nominee: "policy_issue",
  claim_update: "claim_assistance",
  feedback: "feedback",
};

/** The topic that a customer most likely calls about after a message of this category. */
export const topicOf = (category: string): Topic => topics[category] ?? "general_inquiry";
