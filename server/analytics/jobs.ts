import { inngest } from "@/server/jobs/client";
import { systemContext } from "@/server/platform/context";
import { foldDays, workspacesToFold } from "./fold-days";
import { mailRenewalSummaries, workspacesToSummarise } from "./renewal-summary";

/** Mails the morning's renewal figures at 8 of each workspace's own clock. Zones have quarter hours. */
const mailSummaries = inngest.createFunction(
  { id: "renewals-summary", retries: 4, triggers: [{ cron: "*/15 * * * *" }] },
  async ({ step }) => {
    const workspaces = await step.run("find", () => workspacesToSummarise());
    let mailed = 0;
    for (const workspaceId of workspaces)
      mailed += await step.run(`mail-${workspaceId}`, () => mailRenewalSummaries(workspaceId));
    return { mailed };
  },
);

/** Sums the days that are over. Nothing is wrong until it comes: figures of a workspace's long periods are slower. */
const fold = inngest.createFunction(
  { id: "analytics-fold", retries: 4, triggers: [{ cron: "*/5 * * * *" }] },
  async ({ step }) => {
    const workspaces = await step.run("find", () => workspacesToFold());
    for (const workspaceId of workspaces)
      for (let part = 1; ; part++) {
        const { done } = await step.run(`fold-${workspaceId}-${part}`, () =>
          foldDays(systemContext(workspaceId)),
        );
        if (done) break;
      }
    return { workspaces: workspaces.length };
  },
);

export const analyticsFunctions = [mailSummaries, fold];
