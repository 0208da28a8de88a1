import { z } from "zod";
import { inngest } from "@/server/jobs/client";
import { events } from "@/server/jobs/events";
import { systemContext } from "@/server/platform/context";
import { dueCampaigns } from "./due";
import { endPeriod } from "./end-period";
import { judgeCheck } from "./judge-check";
import { launchDue } from "./launch-due";

/** Launches what is scheduled for this minute or was missed, and ends what has outlived its period. The database decides. */
const launchScheduled = inngest.createFunction(
  { id: "campaigns-due", retries: 4, triggers: [{ cron: "* * * * *" }] },
  async ({ step }) => {
    const due = await step.run("find", () => dueCampaigns());
    for (const { workspaceId, campaignId: id, what, key } of due)
      await step.run(`${what}-${id}-${key}`, () => {
        const ctx = systemContext(workspaceId);
        return what === "launch" ? launchDue(ctx, { id }) : endPeriod(ctx, { id });
      });
    return { campaigns: due.length };
  },
);

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
