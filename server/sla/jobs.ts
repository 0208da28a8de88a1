import { z } from "zod";
import { inngest } from "@/server/jobs/client";
import { systemContext } from "@/server/platform/context";
import { retargetOpen } from "./retarget-open";

const scopeSchema = z.object({ workspaceId: z.uuid() });

/** An edited policy or calendar reaches the open requests, a page a step. */
const retarget = inngest.createFunction(
  {
    id: "sla-retarget",
    retries: 8,
    triggers: [{ event: "sla/rules.changed" }],
  },
  async ({ event, step }) => {
    const ctx = systemContext(scopeSchema.parse(event.data).workspaceId);
    let changed = 0;
    for (let after: string | null = null, page = 1; ; page++) {
      const done: { next: string | null; changed: number } = await step.run(`page-${page}`, () =>
        retargetOpen(ctx, { after }),
      );
      changed += done.changed;
      after = done.next;
      if (after === null) return { changed };
    }
  },
);

export const slaFunctions = [retarget];
