import { z } from "zod";

/** Every event that crosses the workflow engine: name → the shape of its data. `workspaceId` is added by `enqueue`. */
export const events = {
  "campaign/launched": z.object({ campaignId: z.string(), runNumber: z.number() }),
  /** The worker sent the last open batch of a run; a hint, the database is the truth. */
  "campaign/run.drained": z.object({ campaignId: z.string(), runNumber: z.number() }),
  /** A look at what would happen, over an audience too large for one request. */
  "campaign/check.requested": z.object({ checkId: z.string() }),
  /** The winner of a run's test is chosen: the rest of its audience gets it. */
  "campaign/variant.chosen": z.object({ campaignId: z.string(), runNumber: z.number() }),
  /** A customer entered an automation that goes on after its first message; `part` counts the runs that carry on. */
  "automation/entered": z.object({
    campaignId: z.string(),
    customerId: z.string(),
    runNumber: z.number(),
    seq: z.number(),
    part: z.number(),
    /** What `automation/woken` names it by: `<runNumber>:<seq>`. */
    entry: z.string(),
  }),
  /** What somebody inside waits for has happened: a hint, the database is the truth. */
  "automation/woken": z.object({ entry: z.string() }),
  /** Somebody inside left while they waited: their workflow has nothing to do any more. */
  "automation/left": z.object({ entry: z.string() }),
  /** A bridged call is about to be placed: whatever becomes of us, the provider is asked what became of it. */
  "call/intended": z.object({ callId: z.string() }),
  "campaign/cancelled": z.object({ campaignId: z.string() }),
  "import/check.requested": z.object({ importId: z.string() }),
  "import/run.requested": z.object({ importId: z.string() }),
  "import/undo.requested": z.object({ importId: z.string() }),
  /** A customer is to be forgotten; when, says the database. */
  "erasure/requested": z.object({ erasureId: z.string() }),
  /** A file of consents or suppressions is to be checked, or taken in: its status says which. */
  "consent/file.uploaded": z.object({ fileId: z.string() }),
  "segment/recompute.requested": z.object({ segmentId: z.string() }),
  /** A service level policy or a calendar was edited: open requests are to follow. */
  "sla/rules.changed": z.object({}),
  "mail/requested": z.object({ mailId: z.string() }),
} as const;

export type EventName = keyof typeof events;
export type EventData<N extends EventName> = z.infer<(typeof events)[N]>;
