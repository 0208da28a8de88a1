import { inngest } from "@/server/jobs/client";
import { systemContext } from "@/server/platform/context";
import { recomputeMembership, trackedSegmentsUsing } from "@/server/segments";
import { countEngagement, decayEngagement, dueWorkspaces, finishEngagementDay } from "./decay";

/**
 * Takes every workspace's scores into the day that has begun there: points lose worth with each day. Then the stored
 * membership of segments that ask for the score follows. Zones have quarter hours.
 */
const decay = inngest.createFunction(
  { id: "engagement-decay", retries: 4, concurrency: { limit: 1 }, triggers: [{ cron: "3-59/15 * * * *" }] },
  async ({ step }) => {
    const due = await step.run("find", () => dueWorkspaces());
    for (const { workspaceId, today, first } of due) {
      const ctx = systemContext(workspaceId);
      const move = first ? countEngagement : decayEngagement;
      let after: string | null = null;
      let part = 0;
      do {
        const from: { after: string | null } = { after };
        after = (await step.run(`scores-${workspaceId}-${today}-${part++}`, () => move(ctx, from))).next;
      } while (after !== null);
      const segments = await step.run(`segments-${workspaceId}-${today}`, () =>
        trackedSegmentsUsing(ctx, "engagement_score"),
      );
      for (const segmentId of segments)
        await step.run(`segment-${segmentId}-${today}`, () =>
          recomputeMembership(ctx, { segmentId, cause: "day" }),
        );
      await step.run(`finish-${workspaceId}-${today}`, () => finishEngagementDay(ctx, { today }));
    }
    return { workspaces: due.length };
  },
);

export const engagementFunctions = [decay];
