import { inngest } from "@/server/jobs/client";
import { systemContext } from "@/server/platform/context";
import { dueCampaigns } from "./due";
import { endPeriod } from "./end-period";
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

export const campaignFunctions = [launchScheduled];
