import { NonRetriableError } from "inngest";
import { inngest } from "@/server/jobs/client";
import { systemContext } from "@/server/platform/context";
import { loggerFor } from "@/server/platform/logger";
import { foldDays, workspacesToFold } from "./fold-days";
import { mailRenewalSummaries, workspacesToSummarise } from "./renewal-summary";

const log = loggerFor("analytics");

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

/** One workspace that breaks holds up no other; the next time tries it again. */
async function foldOne(workspaceId: string): Promise<"done" | "more" | "broken"> {
  try {
    return (await foldDays(systemContext(workspaceId))).done ? "done" : "more";
  } catch (err) {
    log.error({ err, workspaceId }, "days could not be folded; figures are right, and slower");
    return "broken";
  }
}

/** Sums the days that are over. Nothing is wrong until it comes: figures of a workspace's long periods are slower. */
const fold = inngest.createFunction(
  { id: "analytics-fold", retries: 4, triggers: [{ cron: "*/5 * * * *" }] },
  async ({ step }) => {
    const workspaces = await step.run("find", () => workspacesToFold());
    let broken = 0;
    for (const workspaceId of workspaces)
      for (let part = 1; ; part++) {
        const end = await step.run(`fold-${workspaceId}-${part}`, () => foldOne(workspaceId));
        if (end === "broken") broken++;
        if (end !== "more") break;
      }
    if (broken > 0) throw new NonRetriableError(`${broken} of ${workspaces.length} workspaces broke.`);
    return { workspaces: workspaces.length };
  },
);

export const analyticsFunctions = [mailSummaries, fold];
