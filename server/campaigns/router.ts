import { getTest } from "@/server/channels";
import { memberProcedure, procedureFor, router } from "@/server/trpc/procedures";
import { viewId, viewInput } from "@/server/views/schemas";
import { approveCampaign } from "./approve";
import { actOnCampaigns } from "./bulk";
import { cancelCampaign } from "./cancel";
import { cancelCheck } from "./cancel-check";
import { changeLimits } from "./change-limits";
import { cloneCampaign } from "./clone";
import { createCampaign } from "./create";
import { deleteDraft } from "./delete-draft";
import { campaignFilters } from "./filters";
import { getCampaign } from "./get";
import { getCheck } from "./get-check";
import { launchCampaign } from "./launch";
import { listCampaigns } from "./list";
import { pauseCampaign } from "./pause";
import { preflightCampaign } from "./preflight";
import { previewCampaign } from "./preview";
import { publishCampaign } from "./publish";
import { resumeCampaign } from "./resume";
import { reviseCampaign } from "./revise";
import { scheduleCampaign } from "./schedule";
import { scheduleDates } from "./schedule-preview";
import {
  bulkInput,
  campaignId,
  createInput,
  datesInput,
  launchInput,
  limitsInput,
  listInput,
  previewInput,
  sendBackInput,
  sendTestInput,
  submitInput,
  testId,
  updateInput,
} from "./schemas";
import { sendBackCampaign } from "./send-back";
import { sendCampaignTest } from "./send-test";
import { startCheck } from "./start-check";
import { campaignBuilders } from "./status";
import { submitCampaign } from "./submit";
import { unscheduleCampaign } from "./unschedule";
import { updateCampaign } from "./update";
import { removeView, saveView } from "./views";
import { withdrawCampaign } from "./withdraw";

const editor = procedureFor(...campaignBuilders);

export const campaignsRouter = router({
  list: memberProcedure.input(listInput).query(({ ctx, input }) => listCampaigns(ctx.verb, input)),
  filters: memberProcedure.query(({ ctx }) => campaignFilters(ctx.verb)),
  saveView: memberProcedure.input(viewInput).mutation(({ ctx, input }) => saveView(ctx.verb, input)),
  removeView: memberProcedure.input(viewId).mutation(({ ctx, input }) => removeView(ctx.verb, input)),
  bulk: editor.input(bulkInput).mutation(({ ctx, input }) => actOnCampaigns(ctx.verb, input)),
  get: memberProcedure.input(campaignId).query(({ ctx, input }) => getCampaign(ctx.verb, input)),
  preflight: memberProcedure.input(campaignId).query(({ ctx, input }) => preflightCampaign(ctx.verb, input)),
  check: memberProcedure.input(campaignId).query(({ ctx, input }) => getCheck(ctx.verb, input)),
  startCheck: editor.input(campaignId).mutation(({ ctx, input }) => startCheck(ctx.verb, input)),
  cancelCheck: editor.input(campaignId).mutation(({ ctx, input }) => cancelCheck(ctx.verb, input)),
  // A mutation, because it travels as POST: a message does not fit into an address.
  preview: memberProcedure.input(previewInput).mutation(({ ctx, input }) => previewCampaign(ctx.verb, input)),
  create: editor.input(createInput).mutation(({ ctx, input }) => createCampaign(ctx.verb, input)),
  update: editor.input(updateInput).mutation(({ ctx, input }) => updateCampaign(ctx.verb, input)),
  clone: editor.input(campaignId).mutation(({ ctx, input }) => cloneCampaign(ctx.verb, input)),
  deleteDraft: editor.input(campaignId).mutation(({ ctx, input }) => deleteDraft(ctx.verb, input)),
  sendTest: editor.input(sendTestInput).mutation(({ ctx, input }) => sendCampaignTest(ctx.verb, input)),
  test: editor.input(testId).query(({ ctx, input }) => getTest(ctx.verb, input.testId)),
  submit: editor.input(submitInput).mutation(({ ctx, input }) => submitCampaign(ctx.verb, input)),
  withdraw: editor.input(campaignId).mutation(({ ctx, input }) => withdrawCampaign(ctx.verb, input)),
  // Approvers may have any role: the verbs ask.
  approve: memberProcedure.input(submitInput).mutation(({ ctx, input }) => approveCampaign(ctx.verb, input)),
  sendBack: memberProcedure
    .input(sendBackInput)
    .mutation(({ ctx, input }) => sendBackCampaign(ctx.verb, input)),
  schedule: editor.input(launchInput).mutation(({ ctx, input }) => scheduleCampaign(ctx.verb, input)),
  unschedule: editor.input(campaignId).mutation(({ ctx, input }) => unscheduleCampaign(ctx.verb, input)),
  dates: editor.input(datesInput).query(({ ctx, input }) => scheduleDates(ctx.verb, input)),
  revise: editor.input(campaignId).mutation(({ ctx, input }) => reviseCampaign(ctx.verb, input)),
  publish: editor.input(launchInput).mutation(({ ctx, input }) => publishCampaign(ctx.verb, input)),
  launch: editor.input(launchInput).mutation(({ ctx, input }) => launchCampaign(ctx.verb, input)),
  pause: editor.input(campaignId).mutation(({ ctx, input }) => pauseCampaign(ctx.verb, input)),
  resume: editor.input(campaignId).mutation(({ ctx, input }) => resumeCampaign(ctx.verb, input)),
  changeLimits: editor.input(limitsInput).mutation(({ ctx, input }) => changeLimits(ctx.verb, input)),
  cancel: editor.input(campaignId).mutation(({ ctx, input }) => cancelCampaign(ctx.verb, input)),
});
