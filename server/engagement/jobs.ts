import { type GetStepTools, NonRetriableError } from "inngest";
import { inngest } from "@/server/jobs/client";
import { alone } from "@/server/platform/each-workspace";
import { recomputeMembership, trackedSegmentsUsing } from "@/server/segments";
import {
  countEngagement,
  type DueWorkspace,
  decayEngagement,
  dueWorkspaces,
  finishEngagementDay,
} from "./decay";

type Step = GetStepTools<typeof inngest>;

/**
 * Takes one workspace's scores into the day that has begun there, and the segments that ask for them. False when a step broke:
 * the day is not finished then, and due again.
 */
async function takeIntoDay(step: Step, { workspaceId, today, first }: DueWorkspace): Promise<boolean> {
  const scores = first ? countEngagement : decayEngagement;
  let after: string | null = null;
  let part = 0;
  do {
    const from: { after: string | null } = { after };
    const moved = await step.run(`scores-${workspaceId}-${today}-${part++}`, () =>
      alone("engagement", { workspaceId }, (ctx) => scores(ctx, from)),
    );
    if (!moved) return false;
    after = moved.done.next;
  } while (after !== null);
  const segments = await step.run(`segments-${workspaceId}-${today}`, () =>
    alone("engagement", { workspaceId }, (ctx) => trackedSegmentsUsing(ctx, "engagement_score")),
  );
  if (!segments) return false;
  let broken = 0;
  for (const segmentId of segments.done) {
    const counted = await step.run(`segment-${segmentId}-${today}`, () =>
      alone("engagement", { workspaceId, segmentId }, (ctx) =>
        recomputeMembership(ctx, { segmentId, cause: "day" }),
      ),
    );
    if (!counted) broken++;
  }
  if (broken > 0) return false;
  const finished = await step.run(`finish-${workspaceId}-${today}`, () =>
    alone("engagement", { workspaceId }, (ctx) => finishEngagementDay(ctx, { today })),
  );
  return finished !== null;
}

/**
 * Takes every workspace's scores into the day that has begun there: points lose worth with each day. Then the stored
 * membership of segments that ask for the score follows. Zones have quarter hours. One workspace that breaks holds up no other:
 * the next quarter of an hour tries it again, and this run ends failed.
 */
const decay = inngest.createFunction(
  { id: "engagement-decay", retries: 4, concurrency: { limit: 1 }, triggers: [{ cron: "3-59/15 * * * *" }] },
  async ({ step }) => {
    const due = await step.run("find", () => dueWorkspaces());
    let broken = 0;
    for (const each of due) if (!(await takeIntoDay(step, each))) broken++;
    if (broken > 0) throw new NonRetriableError(`${broken} of ${due.length} workspaces broke.`);
    return { workspaces: due.length };
  },
);

export const engagementFunctions = [decay];
