import { NonRetriableError } from "inngest";
import { inngest } from "@/server/jobs/client";
import { alone } from "@/server/platform/each-workspace";
import { decideTest } from "./decide-test";
import { type DueTest, dueTests } from "./due";

/** Looks at every open test once a minute; rows decide. One that breaks holds up no other. */
const decideTestsJob = inngest.createFunction(
  { id: "campaign-tests-due", retries: 4, triggers: [{ cron: "* * * * *" }] },
  async ({ step }) => {
    const due = await step.run("find", () => dueTests());
    let broken = 0;
    for (const each of due) if (!(await step.run(`decide-${each.runNumber}`, () => decide(each)))) broken++;
    if (broken > 0) throw new NonRetriableError(`${broken} of ${due.length} tests broke.`);
    return { tests: due.length };
  },
);

async function decide({ workspaceId, runNumber }: DueTest): Promise<boolean> {
  const end = await alone("tests", { workspaceId, runNumber }, (ctx) => decideTest(ctx, { runNumber }));
  return end !== null;
}

export const variantFunctions = [decideTestsJob];
