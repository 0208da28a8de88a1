import { campaignBuilders } from "@/server/campaigns/status";
import { procedureFor, router } from "@/server/trpc/procedures";
import { listRecommendations } from "./list";
import { useRecommendationInput } from "./schemas";
import { draftFromRecommendation } from "./use";

const builder = procedureFor(...campaignBuilders);

export const recommendationsRouter = router({
  list: builder.query(({ ctx }) => listRecommendations(ctx.verb)),
  use: builder
    .input(useRecommendationInput)
    .mutation(({ ctx, input }) => draftFromRecommendation(ctx.verb, input)),
});
