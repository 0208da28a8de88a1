import { NonRetriableError } from "inngest";
import { z } from "zod";
import { inngest } from "@/server/jobs/client";
import { events } from "@/server/jobs/events";
import { systemContext } from "@/server/platform/context";
import { alone } from "@/server/platform/each-workspace";
import { type DueCampaign, dueCampaigns } from "./due";
import { endPeriod } from "./end-period";
import { judgeCheck } from "./judge-check";
import { launchDue } from "./launch-due";

/**
 * Launches what is scheduled for this minute or was missed, and ends what has outlived its period. The database decides. One
 * that breaks holds up no other: the next minute tries it again, and this run ends failed, for whoever looks at the workflows.
 */
const launchScheduled = inngest.createFunction(
  { id: "campaigns-due", retries: 4, triggers: [{ cron: "* * * * *" }] },
  async ({ step }) => {
    const due = await step.run("find", () => dueCampaigns());
    let broken = 0;
    for (const each of due)
      if (!(await step.run(`${each.what}-${each.campaignId}-${each.key}`, () => act(each)))) broken++;
    if (broken > 0) throw new NonRetriableError(`${broken} of ${due.length} due campaigns broke.`);
    return { campaigns: due.length };
  },
);

/** Does what has come for one campaign; false when it broke, which the log explains. */
async function act({ workspaceId, campaignId, what }: DueCampaign): Promise<boolean> {
  const end = await alone(`campaign ${what}`, { workspaceId, campaignId }, async (ctx) => {
    await (what === "launch" ? launchDue(ctx, { id: campaignId }) : endPeriod(ctx, { id: campaignId }));
  });
  return end !== null;
}

const scopeSchema = z.object({ workspaceId: z.uuid() });

/** Parts of a thousand that one step asks about: short enough to be stopped, long enough to be worth a step. */
const PARTS_A_STEP = 10;

/** Goes on with a check until it is finished, cancelled, or another has taken its place. */
const checkCampaign = inngest.createFunction(
  { id: "campaign-check", retries: 4, triggers: [{ event: "campaign/check.requested" }] },
  async ({ event, step }) => {
    const ctx = systemContext(scopeSchema.parse(event.data).workspaceId);
    const { checkId } = events["campaign/check.requested"].parse(event.data);
    for (let nth = 1; ; nth++) {
      const finished = await step.run(`judge-${nth}`, async () => {
        for (let part = 0; part < PARTS_A_STEP; part++)
          if ((await judgeCheck(ctx, { checkId })).finished) return true;
        return false;
      });
      if (finished) return;
    }
  },
);

export const campaignFunctions = [launchScheduled, checkCampaign];
