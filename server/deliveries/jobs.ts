import { z } from "zod";
import { inngest } from "@/server/jobs/client";
import { events } from "@/server/jobs/events";
import { systemContext } from "@/server/platform/context";
import { cancelRemaining } from "./cancel-remaining";
import { completeRun } from "./complete-run";
import { failRun } from "./fail-run";
import { freezeRun } from "./freeze-run";
import { sendRest } from "./send-rest";

const scopeSchema = z.object({ workspaceId: z.uuid() });

const contextFrom = (data: unknown) => systemContext(scopeSchema.parse(data).workspaceId);

const launched = (data: unknown) => ({ ctx: contextFrom(data), ...events["campaign/launched"].parse(data) });

/** Freezes the audience of a launched campaign. The worker's lanes see the sealed batches and send them. */
export const runCampaignJob = inngest.createFunction(
  {
    id: "campaign-run",
    retries: 8,
    triggers: [{ event: "campaign/launched" }],
    onFailure: async ({ event }) => {
      const { ctx, runNumber } = launched(event.data.event.data);
      await failRun(ctx, { runNumber });
    },
  },
  async ({ event, step }) => {
    const { ctx, runNumber } = launched(event.data);
    const frozen = await step.run("freeze", () => freezeRun(ctx, { runNumber }));
    if (frozen.audienceSize === 0) await step.run("complete", () => completeRun(ctx, { runNumber }));
    return frozen;
  },
);

/** Completes a run whose last batch was sent. The event is a hint, the ledger decides. */
export const completeCampaignJob = inngest.createFunction(
  { id: "campaign-complete", retries: 8, triggers: [{ event: "campaign/run.drained" }] },
  ({ event, step }) => {
    const { ctx, runNumber } = launched(event.data);
    return step.run("complete", () => completeRun(ctx, { runNumber }));
  },
);

/** Makes the messages of those who waited for the winner of a test; the worker's lanes send them. */
export const sendRestJob = inngest.createFunction(
  { id: "campaign-rest", retries: 8, triggers: [{ event: "campaign/variant.chosen" }] },
  async ({ event, step }) => {
    const { ctx, runNumber } = launched(event.data);
    const made = await step.run("send-rest", () => sendRest(ctx, { runNumber }));
    // Nobody may be left of them, and then nothing tells of the last message.
    if (made === 0) await step.run("complete", () => completeRun(ctx, { runNumber }));
    return { made };
  },
);

/** Times that a cancellation waits for workers to let go of their batches: longer than the longest lease. */
const ROUNDS = 60;

/** Ends what a cancelled campaign has not sent. */
export const cancelCampaignJob = inngest.createFunction(
  { id: "campaign-cancel", retries: 8, triggers: [{ event: "campaign/cancelled" }] },
  async ({ event, step }) => {
    const ctx = contextFrom(event.data);
    const { campaignId } = events["campaign/cancelled"].parse(event.data);
    for (let round = 1; round <= ROUNDS; round++) {
      const { stillSending } = await step.run(`cancel-${round}`, () => cancelRemaining(ctx, { campaignId }));
      if (stillSending === 0) return;
      await step.sleep(`wait-${round}`, "1s");
    }
    throw new Error("a worker held on to a cancelled campaign's batch");
  },
);
