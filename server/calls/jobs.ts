import { z } from "zod";
import { inngest } from "@/server/jobs/client";
import { systemContext } from "@/server/platform/context";
import { askAboutCall } from "./ask";

const scopeSchema = z.object({ workspaceId: z.uuid(), callId: z.uuid() });

/** More questions than a call can need in its longest life; the sweep would go on. */
const MOST_ASKS = 60;

/**
 * Follows one bridged call until its end is known: sleeps until the provider is due to be asked, and asks. Webhooks usually
 * tell first; then there is nothing left to ask.
 */
const follow = inngest.createFunction(
  { id: "call-follow", retries: 8, triggers: [{ event: "call/intended" }] },
  async ({ event, step }) => {
    const { workspaceId, callId } = scopeSchema.parse(event.data);
    const ctx = systemContext(workspaceId);
    for (let nth = 1; nth <= MOST_ASKS; nth++) {
      const asked = await step.run(`ask-${nth}`, () => askAboutCall(ctx, callId));
      if (asked.done) return { asks: nth };
      await step.sleep(`wait-${nth}`, `${asked.afterSeconds}s`);
    }
    return { asks: MOST_ASKS };
  },
);

export const callFunctions = [follow];
