import { getTest } from "@/server/channels";
import { memberProcedure, procedureFor, router } from "@/server/trpc/procedures";
import { cancelCampaign } from "./cancel";
import { changeLimits } from "./change-limits";
import { cloneCampaign } from "./clone";
import { createCampaign } from "./create";
import { deleteDraft } from "./delete-draft";
import { getCampaign } from "./get";
import { launchCampaign } from "./launch";
import { listCampaigns } from "./list";
import { pauseCampaign } from "./pause";
import { preflightCampaign } from "./preflight";
import { previewCampaign } from "./preview";
import { resumeCampaign } from "./resume";
import {
  campaignId,
  createInput,
  launchInput,
  limitsInput,
  listInput,
  previewInput,
  sendTestInput,
  testId,
  updateInput,
} from "./schemas";
import { sendCampaignTest } from "./send-test";
import { campaignEditors } from "./status";
import { updateCampaign } from "./update";

const editor = procedureFor(...campaignEditors);

export const campaignsRouter = router({
  list: memberProcedure.input(listInput).query(({ ctx, input }) => listCampaigns(ctx.verb, input)),
  get: memberProcedure.input(campaignId).query(({ ctx, input }) => getCampaign(ctx.verb, input)),
  preflight: memberProcedure.input(campaignId).query(({ ctx, input }) => preflightCampaign(ctx.verb, input)),
  // A mutation, because it travels as POST: a message does not fit into an address.
  preview: memberProcedure.input(previewInput).mutation(({ ctx, input }) => previewCampaign(ctx.verb, input)),
  create: editor.input(createInput).mutation(({ ctx, input }) => createCampaign(ctx.verb, input)),
  update: editor.input(updateInput).mutation(({ ctx, input }) => updateCampaign(ctx.verb, input)),
  clone: editor.input(campaignId).mutation(({ ctx, input }) => cloneCampaign(ctx.verb, input)),
  deleteDraft: editor.input(campaignId).mutation(({ ctx, input }) => deleteDraft(ctx.verb, input)),
  sendTest: editor.input(sendTestInput).mutation(({ ctx, input }) => sendCampaignTest(ctx.verb, input)),
  test: editor.input(testId).query(({ ctx, input }) => getTest(ctx.verb, input.testId)),
  launch: editor.input(launchInput).mutation(({ ctx, input }) => launchCampaign(ctx.verb, input)),
  pause: editor.input(campaignId).mutation(({ ctx, input }) => pauseCampaign(ctx.verb, input)),
  resume: editor.input(campaignId).mutation(({ ctx, input }) => resumeCampaign(ctx.verb, input)),
  changeLimits: editor.input(limitsInput).mutation(({ ctx, input }) => changeLimits(ctx.verb, input)),
  cancel: editor.input(campaignId).mutation(({ ctx, input }) => cancelCampaign(ctx.verb, input)),
});
