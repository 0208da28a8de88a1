import { NonRetriableError } from "inngest";
import { inngest } from "@/server/jobs/client";
import { aloneInStep } from "@/server/platform/each-workspace";
import { rollPolicies, workspacesWithANewDay } from "./roll-day";

/**
 * Brings policies and payments over their workspace's midnight. Zones have quarter hours. One workspace that breaks holds up no
 * other: the next quarter of an hour tries it again, and this run ends failed.
 */
const roll = inngest.createFunction(
  { id: "policies-roll", retries: 4, triggers: [{ cron: "*/15 * * * *" }] },
  async ({ step }) => {
    const workspaces = await step.run("find", () => workspacesWithANewDay());
    let broken = 0;
    for (const workspaceId of workspaces)
      for (let part = 1; ; part++) {
        const end = await step.run(`roll-alone-${workspaceId}-${part}`, () =>
          aloneInStep("policies", { workspaceId }, rollPolicies),
        );
        if (!end) broken++;
        if (!end || end.done.done) break;
      }
    if (broken > 0) throw new NonRetriableError(`${broken} of ${workspaces.length} workspaces broke.`);
    return { workspaces: workspaces.length };
  },
);

export const policyFunctions = [roll];
