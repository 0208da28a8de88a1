import { type GetStepTools, NonRetriableError } from "inngest";
import { inngest } from "@/server/jobs/client";
import { aloneInStep } from "@/server/platform/each-workspace";
import { auditAgain, recomputeMembership, trackedSegmentsUsing } from "@/server/segments";
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
 * the day is not finished then, and due again, unless only a segment broke.
 */
async function takeIntoDay(step: Step, { workspaceId, today, first }: DueWorkspace): Promise<boolean> {
  const scores = first ? countEngagement : decayEngagement;
  let after: string | null = null;
  let part = 0;
  do {
    const from: { after: string | null } = { after };
    const moved = await step.run(`scores-alone-${workspaceId}-${today}-${part++}`, () =>
      aloneInStep("engagement", { workspaceId }, (ctx) => scores(ctx, from)),
    );
    if (!moved) return false;
    after = moved.done.next;
  } while (after !== null);
  const segments = await step.run(`segments-alone-${workspaceId}-${today}`, () =>
    aloneInStep("engagement", { workspaceId }, (ctx) => trackedSegmentsUsing(ctx, "engagement_score")),
  );
  if (!segments) return false;
  let broken = 0;
  for (const segmentId of segments.done) {
    const counted = await step.run(`segment-alone-${segmentId}-${today}`, () =>
      recomputeOne({ workspaceId, segmentId }),
    );
    if (!counted) broken++;
  }
  const finished = await step.run(`finish-alone-${workspaceId}-${today}`, () =>
    aloneInStep("engagement", { workspaceId }, (ctx) => finishEngagementDay(ctx, { today })),
  );
  return broken === 0 && finished !== null;
}

/** A segment that breaks is left to the segments' own audit: the day of all scores is not done again for its sake. */
async function recomputeOne(whose: { workspaceId: string; segmentId: string }): Promise<boolean> {
  const { segmentId } = whose;
  const end = await aloneInStep("engagement", whose, (ctx) =>
    recomputeMembership(ctx, { segmentId, cause: "day" }),
  );
  if (!end) await aloneInStep("engagement", whose, (ctx) => auditAgain(ctx, { segmentId }));
  return end !== null;
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
