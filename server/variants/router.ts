import { campaignBuilders } from "@/server/campaigns/status";
import { memberProcedure, procedureFor, router } from "@/server/trpc/procedures";
import { chooseVariant } from "./choose";
import { getTest } from "./get";
import { chooseInput, ofCampaign } from "./schemas";

/** A/B/n tests of campaigns that are sent; what is tried stands in the campaign. */
export const variantsRouter = router({
  test: memberProcedure.input(ofCampaign).query(({ ctx, input }) => getTest(ctx.verb, input)),
  choose: procedureFor(...campaignBuilders)
    .input(chooseInput)
    .mutation(({ ctx, input }) => chooseVariant(ctx.verb, input)),
});
