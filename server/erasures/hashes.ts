import { mac } from "@/server/platform/secrets";

/** Keyed hash of an external id: tells that a file speaks of an erased person, and cannot be turned back. */
export const externalIdHash = (externalId: string): string =>
  mac("erased-external-id", externalId).toString("hex");

/** What stands in the place of an erased person's policy number: unique as the number was, and known when it comes again. */
export const erasedPolicyNumber = (policyNumber: string): string =>
  `erased-${mac("erased-policy-number", policyNumber).toString("hex").slice(0, 32)}`;
