import { z } from "zod";
import { campaignEditors } from "@/server/campaigns/status";
import { memberProcedure, procedureFor, router } from "@/server/trpc/procedures";
import { retryEntries } from "./carry-on";
import { getAutomation } from "./get";
import { previewEntries } from "./preview";
import { previewInput } from "./preview-input";

const campaignId = z.object({ id: z.string() });

export const automationsRouter = router({
  get: memberProcedure.input(campaignId).query(({ ctx, input }) => getAutomation(ctx.verb, input)),
  retry: procedureFor(...campaignEditors)
    .input(campaignId)
    .mutation(({ ctx, input }) => retryEntries(ctx.verb, input)),
  // A mutation, because it travels as POST: a list of triggers does not fit into an address.
  preview: memberProcedure.input(previewInput).mutation(({ ctx, input }) => previewEntries(ctx.verb, input)),
});
