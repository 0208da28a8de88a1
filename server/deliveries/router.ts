import { campaignBuilders } from "@/server/campaigns/status";
import { memberProcedure, procedureFor, router } from "@/server/trpc/procedures";
import { explainDelivery } from "./explain";
import { runFigures } from "./figures";
import { findHoldUps } from "./hold-ups";
import { listRecipients } from "./list-recipients";
import { runConditions } from "./run-conditions";
import { explainInput, ofCampaign, recipientsInput, settleInput, tryRulesInput } from "./schemas";
import { runSeries } from "./series";
import { settleUnknown } from "./settle-unknown";
import { tryRules } from "./try-rules";

const editor = procedureFor(...campaignBuilders);

export const deliveriesRouter = router({
  figures: memberProcedure.input(ofCampaign).query(({ ctx, input }) => runFigures(ctx.verb, input)),
  conditions: memberProcedure.input(ofCampaign).query(({ ctx, input }) => runConditions(ctx.verb, input)),
  series: memberProcedure.input(ofCampaign).query(({ ctx, input }) => runSeries(ctx.verb, input)),
  recipients: memberProcedure
    .input(recipientsInput)
    .query(({ ctx, input }) => listRecipients(ctx.verb, input)),
  explain: memberProcedure.input(explainInput).query(({ ctx, input }) => explainDelivery(ctx.verb, input)),
  holdUps: memberProcedure
    .input(ofCampaign)
    .query(({ ctx, input }) => findHoldUps(ctx.verb, input.campaignId)),
  tryRules: memberProcedure.input(tryRulesInput).query(({ ctx, input }) => tryRules(ctx.verb, input)),
  settleUnknown: editor.input(settleInput).mutation(({ ctx, input }) => settleUnknown(ctx.verb, input)),
});
