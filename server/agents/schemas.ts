import { z } from "zod";
import { type AssignmentPolicy, assignmentPolicies } from "@/server/callbacks/status";

export const MOST_CAPACITY = 50;

const words = z.array(z.string().trim().min(1).max(60)).max(30, "At most 30.");

export const changeAgentInput = z.object({
  membershipId: z.string(),
  /** Requests that may be given to them at once. */
  capacity: z
    .number("Give a whole number.")
    .int("Give a whole number.")
    .min(1, "At least 1.")
    .max(MOST_CAPACITY, `At most ${MOST_CAPACITY}.`),
  /** Request types; empty: all. */
  skills: words,
  /** Language keys ("hi"); empty: all. */
  languages: words,
});
export type ChangeAgent = z.infer<typeof changeAgentInput>;

const policies = Object.keys(assignmentPolicies) as [AssignmentPolicy, ...AssignmentPolicy[]];
export const changeAssignmentInput = z.object({
  policy: z.enum(policies),
  /** Whoever talked with the customer last comes first; the policy decides when they have no room. */
  sticky: z.boolean(),
});
export type Assignment = z.infer<typeof changeAssignmentInput>;
