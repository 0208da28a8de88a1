import { NonRetriableError } from "inngest";
import { z } from "zod";
import { inngest } from "@/server/jobs/client";
import { events } from "@/server/jobs/events";
import { systemContext } from "@/server/platform/context";
import { aloneInStep } from "@/server/platform/each-workspace";
import { dueSegments } from "./due";
import { recomputeMembership, rollMembership } from "./memberships";

const scopeSchema = z.object({ workspaceId: z.uuid() });

/** Evaluates a tracked segment anew: its rule, or one that it uses, was changed, or it has just become tracked. */
const recompute = inngest.createFunction(
  { id: "segment-recompute", retries: 8, triggers: [{ event: "segment/recompute.requested" }] },
  ({ event, step }) => {
    const ctx = systemContext(scopeSchema.parse(event.data).workspaceId);
    const { segmentId } = events["segment/recompute.requested"].parse(event.data);
    return step.run("recompute", () => recomputeMembership(ctx, { segmentId, cause: "rule" }));
  },
);

/**
 * Brings tracked segments over their workspace's midnight, and audits them at night. Zones have quarter hours. One that breaks
 * holds up no other: the next quarter of an hour tries it again, and this run ends failed.
 */
const roll = inngest.createFunction(
  { id: "segments-roll", retries: 4, triggers: [{ cron: "*/15 * * * *" }] },
  async ({ step }) => {
    const due = await step.run("find", () => dueSegments());
    let broken = 0;
    for (const { workspaceId, segmentId, today, audit } of due) {
      const end = await step.run(`roll-alone-${segmentId}-${today}`, () =>
        aloneInStep("segments", { workspaceId, segmentId }, (ctx) =>
          rollMembership(ctx, { segmentId, audit }),
        ),
      );
      if (!end) broken++;
    }
    if (broken > 0) throw new NonRetriableError(`${broken} of ${due.length} segments broke.`);
    return { segments: due.length };
  },
);

export const segmentFunctions = [recompute, roll];
