import { inngest } from "@/server/jobs/client";
import { systemContext } from "@/server/platform/context";
import { rollPolicies, workspacesWithANewDay } from "./roll-day";

/** Brings policies and payments over their workspace's midnight. Zones have quarter hours. */
const roll = inngest.createFunction(
  { id: "policies-roll", retries: 4, triggers: [{ cron: "*/15 * * * *" }] },
  async ({ step }) => {
    const workspaces = await step.run("find", () => workspacesWithANewDay());
    for (const workspaceId of workspaces)
      for (let part = 1; ; part++) {
        const { done } = await step.run(`roll-${workspaceId}-${part}`, () =>
          rollPolicies(systemContext(workspaceId)),
        );
        if (done) break;
      }
    return { workspaces: workspaces.length };
  },
);

export const policyFunctions = [roll];
