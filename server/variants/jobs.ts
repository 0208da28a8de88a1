import { NonRetriableError } from "inngest";
import { inngest } from "@/server/jobs/client";
import { systemContext } from "@/server/platform/context";
import { loggerFor } from "@/server/platform/logger";
import { decideTest } from "./decide-test";
import { dueTests } from "./due";

const log = loggerFor("variants");

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

async function decide({
  workspaceId,
  runNumber,
}: {
  workspaceId: string;
  runNumber: number;
}): Promise<boolean> {
  try {
    await decideTest(systemContext(workspaceId), { runNumber });
    return true;
  } catch (err) {
    log.error({ err, workspaceId, runNumber }, "a test broke");
    return false;
  }
}

export const variantFunctions = [decideTestsJob];
