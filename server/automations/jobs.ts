import { NonRetriableError } from "inngest";
import { z } from "zod";
import { inngest } from "@/server/jobs/client";
import { events } from "@/server/jobs/events";
import { type Context, systemContext } from "@/server/platform/context";
import { eachWorkspace } from "@/server/platform/each-workspace";
import { AppError } from "@/server/platform/errors";
import { continueEntry, failEntry } from "./carry-on";
import { type DueAutomations, dueAutomations } from "./due";
import type { EntryKey } from "./entry";
import { lookAtDays } from "./look-at-days";
import { matchChanges } from "./match-changes";
import { type Next, takeSteps } from "./take-steps";
import { wakeMissed } from "./wake-missed";

/** A function has at most 200 steps: more workspaces share them. */
const MOST_STEPS = 100;

/**
 * Every quarter of an hour, because zones lie quarter hours apart: looks at the days whose hour has come, and picks up scores
 * and segments that changed without a touch. One workspace that breaks holds up no other.
 */
const lookAtAutomations = inngest.createFunction(
  { id: "automations-look", retries: 4, triggers: [{ cron: "*/15 * * * *" }] },
  async ({ step }) => {
    const due = await step.run("find", () => dueAutomations());
    const each = Math.max(1, Math.ceil(due.length / MOST_STEPS));
    let broken = 0;
    for (let at = 0; at < due.length; at += each)
      broken += await step.run(`look-${at}`, () => lookAtSome(due.slice(at, at + each)));
    if (broken > 0) throw new NonRetriableError(`${broken} of ${due.length} workspaces broke.`);
    return { workspaces: due.length };
  },
);

async function lookAtSome(some: readonly DueAutomations[]): Promise<number> {
  const { broken } = await eachWorkspace("automations", some, async (ctx, { campaignIds }) => {
    for (const campaignId of campaignIds) await lookAtDays(ctx, { campaignId });
    await matchChanges(ctx, null);
    await wakeMissed(ctx);
    return campaignIds.length;
  });
  return broken;
}

const scopeSchema = z.object({ workspaceId: z.uuid() });

const entered = (data: unknown) => ({
  ctx: systemContext(scopeSchema.parse(data).workspaceId),
  ...events["automation/entered"].parse(data),
});

/** Looks of one run; a longer sequence, or a longer pause, goes on in the next one. */
const MOST_LOOKS = 45;

/** What a step cannot do as it is set, a repetition cannot do either: somebody has to look. */
async function take(ctx: Context, key: EntryKey): Promise<Next> {
  try {
    return await takeSteps(ctx, key);
  } catch (error) {
    if (error instanceof AppError) throw new NonRetriableError(error.message);
    throw error;
  }
}

/** Carries somebody through what follows the first message, from wait to wait. The database says where they are. */
const followUp = inngest.createFunction(
  {
    id: "automation-follow-up",
    retries: 8,
    triggers: [{ event: "automation/entered" }],
    cancelOn: [{ event: "automation/left", match: "data.entry" }],
    onFailure: async ({ event, error }) => {
      const { ctx, runNumber, seq } = entered(event.data.event.data);
      await failEntry(ctx, { runNumber, seq }, error.message);
    },
  },
  async ({ event, step }) => {
    const { ctx, runNumber, seq, part } = entered(event.data);
    for (let look = 1; look <= MOST_LOOKS; look++) {
      const taken = await step.run(`take-${look}`, () => take(ctx, { runNumber, seq }));
      if (taken.next === "ended") return { looks: look };
      if (taken.next === "sleep") await step.sleepUntil(`sleep-${look}`, taken.until);
      else
        await step.waitForEvent(`listen-${look}`, {
          event: "automation/woken",
          match: "data.entry",
          timeout: new Date(taken.until),
        });
    }
    await step.run("continue", () => continueEntry(ctx, { runNumber, seq }, part + 1));
    return { looks: MOST_LOOKS };
  },
);

export const automationFunctions = [lookAtAutomations, followUp];
