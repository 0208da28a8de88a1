import { procedureFor, router } from "@/server/trpc/procedures";
import { reclassifyCampaign } from "./reclassify";
import { reclassifyInput } from "./schemas";

export const trackingRouter = router({
  reclassify: procedureFor("admin")
    .input(reclassifyInput)
    .mutation(({ ctx, input }) => reclassifyCampaign(ctx.verb, input)),
});
