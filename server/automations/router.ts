import { z } from "zod";
import { campaignEditors } from "@/server/campaigns/status";
import { memberProcedure, procedureFor, router } from "@/server/trpc/procedures";
import { retryEntries } from "./carry-on";
import { getAutomation } from "./get";
import { journeysInput, listJourneys } from "./list-journeys";
import { playThrough } from "./play";
import { playInput } from "./play-input";
import { previewEntries } from "./preview";
import { previewInput } from "./preview-input";

const campaignId = z.object({ id: z.string() });

export const automationsRouter = router({
  get: memberProcedure.input(campaignId).query(({ ctx, input }) => getAutomation(ctx.verb, input)),
  journeys: memberProcedure.input(journeysInput).query(({ ctx, input }) => listJourneys(ctx.verb, input)),
  retry: procedureFor(...campaignEditors)
    .input(campaignId)
    .mutation(({ ctx, input }) => retryEntries(ctx.verb, input)),
  // Mutations, because they travel as POST: a list of triggers does not fit into an address.
  play: memberProcedure.input(playInput).mutation(({ ctx, input }) => playThrough(ctx.verb, input)),
  preview: memberProcedure.input(previewInput).mutation(({ ctx, input }) => previewEntries(ctx.verb, input)),
});
