import { z } from "zod";

/** What choosing a disposition does to the request. */
export const dispositionEnds = {
  completed: "Closes the request",
  cancelled: "Cancels the request",
  follow_up: "Keeps it open for another call",
} as const;
const ends = ["completed", "cancelled", "follow_up"] as const;

export const saveDispositionInput = z
  .object({
    /** Null: a new one. */
    dispositionId: z.string().nullable(),
    label: z.string().trim().min(1, "Enter what agents read.").max(60, "Use at most 60 characters."),
    ends: z.enum(ends),
    /** Whether the customer's matter is settled by it; counts into the resolution rate. */
    resolved: z.boolean(),
  })
  .refine(({ ends, resolved }) => ends === "completed" || !resolved, {
    path: ["resolved"],
    message: "Only what closes a request can count as resolved.",
  });
export type SaveDisposition = z.infer<typeof saveDispositionInput>;
export const dispositionIdInput = z.object({ dispositionId: z.string() });
/** All of them, in the order in which agents see them. */
export const orderDispositionsInput = z.object({ dispositionIds: z.array(z.string()).max(100) });
