import { NonRetriableError } from "inngest";
import { inngest } from "@/server/jobs/client";
import { aloneInStep } from "@/server/platform/each-workspace";
import { foldDays, workspacesToFold } from "./fold-days";
import { mailRenewalSummaries, workspacesToSummarise } from "./renewal-summary";

/**
 * Mails the morning's renewal figures at 8 of each workspace's own clock. Zones have quarter hours. One workspace that breaks
 * holds up no other: the next quarter of an hour tries it again, and this run ends failed.
 */
const mailSummaries = inngest.createFunction(
  { id: "renewals-summary", retries: 4, triggers: [{ cron: "*/15 * * * *" }] },
  async ({ step }) => {
    const workspaces = await step.run("find", () => workspacesToSummarise());
    let mailed = 0;
    let broken = 0;
    for (const workspaceId of workspaces) {
      const end = await step.run(`mail-alone-${workspaceId}`, () =>
        aloneInStep("renewal summaries", { workspaceId }, () => mailRenewalSummaries(workspaceId)),
      );
      if (end) mailed += end.done;
      else broken++;
    }
    if (broken > 0) throw new NonRetriableError(`${broken} of ${workspaces.length} workspaces broke.`);
    return { mailed };
  },
);

/**
 * Sums the days that are over. Nothing is wrong until it comes: figures of a workspace's long periods are slower. One workspace
 * that breaks holds up no other; the next time tries it again.
 */
const fold = inngest.createFunction(
  { id: "analytics-fold", retries: 4, triggers: [{ cron: "*/5 * * * *" }] },
  async ({ step }) => {
    const workspaces = await step.run("find", () => workspacesToFold());
    let broken = 0;
    for (const workspaceId of workspaces)
      for (let part = 1; ; part++) {
        const end = await step.run(`fold-alone-${workspaceId}-${part}`, () =>
          aloneInStep("folded days", { workspaceId }, foldDays),
        );
        if (!end) broken++;
        if (!end || end.done.done) break;
      }
    if (broken > 0) throw new NonRetriableError(`${broken} of ${workspaces.length} workspaces broke.`);
    return { workspaces: workspaces.length };
  },
);

export const analyticsFunctions = [mailSummaries, fold];
