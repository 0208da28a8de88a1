import { z } from "zod";
import { requireReader } from "@/server/campaigns";
import { memberProcedure, router } from "@/server/trpc/procedures";
import { runFigures } from "./figures";

const reader = memberProcedure.use(({ ctx, next }) => {
  requireReader(ctx.verb);
  return next();
});

export const deliveriesRouter = router({
  figures: reader
    .input(z.object({ campaignId: z.string() }))
    .query(({ ctx, input }) => runFigures(ctx.verb, input)),
});
