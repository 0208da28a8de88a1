import { inngest } from "@/server/jobs/client";
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

export const analyticsFunctions = [mailSummaries];
