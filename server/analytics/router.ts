import { campaignEditors } from "@/server/campaigns/status";
import { memberProcedure, procedureFor, router } from "@/server/trpc/procedures";
import { campaignBreakdown } from "./breakdown";
import { campaignAnalytics } from "./campaign";
import { changeEconomics } from "./change-economics";
import { compareCampaigns } from "./compare";
import { campaignCourse } from "./course";
import { campaignExperiment } from "./experiment";
import { campaignHoldOut } from "./hold-out";
import { campaignHours } from "./hours";
import { campaignInsights, workspaceInsights } from "./insights";
import { persistency } from "./persistency";
import { renewalSummary, setRenewalSummary } from "./renewal-summary";
import { renewalCollection } from "./renewals";
import { campaignReport } from "./report";
import {
  breakdownInput,
  compareInput,
  courseInput,
  economicsInput,
  experimentInput,
  ofCampaign,
  periodInput,
  renewalSummaryInput,
  renewalsInput,
  reportLink,
  shareInput,
} from "./schemas";
import { listReportLinks, revokeReportLink, shareReport } from "./share";
import { workspacePeriod } from "./workspace";

export const analyticsRouter = router({
  campaign: memberProcedure.input(ofCampaign).query(({ ctx, input }) => campaignAnalytics(ctx.verb, input)),
  course: memberProcedure.input(courseInput).query(({ ctx, input }) => campaignCourse(ctx.verb, input)),
  breakdown: memberProcedure
    .input(breakdownInput)
    .query(({ ctx, input }) => campaignBreakdown(ctx.verb, input)),
  experiment: memberProcedure
    .input(experimentInput)
    .query(({ ctx, input }) => campaignExperiment(ctx.verb, input)),
  holdOut: memberProcedure.input(ofCampaign).query(({ ctx, input }) => campaignHoldOut(ctx.verb, input)),
  hours: memberProcedure.input(ofCampaign).query(({ ctx, input }) => campaignHours(ctx.verb, input)),
  workspace: memberProcedure.input(periodInput).query(({ ctx, input }) => workspacePeriod(ctx.verb, input)),
  renewals: memberProcedure
    .input(renewalsInput)
    .query(({ ctx, input }) => renewalCollection(ctx.verb, input)),
  renewalSummary: memberProcedure.query(({ ctx }) => renewalSummary(ctx.verb)),
  setRenewalSummary: memberProcedure
    .input(renewalSummaryInput)
    .mutation(({ ctx, input }) => setRenewalSummary(ctx.verb, input)),
  persistency: memberProcedure.query(({ ctx }) => persistency(ctx.verb)),
  compare: memberProcedure.input(compareInput).query(({ ctx, input }) => compareCampaigns(ctx.verb, input)),
  insights: memberProcedure.input(ofCampaign).query(({ ctx, input }) => campaignInsights(ctx.verb, input)),
  workspaceInsights: memberProcedure
    .input(periodInput)
    .query(({ ctx, input }) => workspaceInsights(ctx.verb, input)),
  report: memberProcedure.input(ofCampaign).query(({ ctx, input }) => campaignReport(ctx.verb, input)),
  reportLinks: procedureFor(...campaignEditors)
    .input(ofCampaign)
    .query(({ ctx, input }) => listReportLinks(ctx.verb, input)),
  revokeReportLink: procedureFor(...campaignEditors)
    .input(reportLink)
    .mutation(({ ctx, input }) => revokeReportLink(ctx.verb, input)),
  shareReport: procedureFor(...campaignEditors)
    .input(shareInput)
    .mutation(({ ctx, input }) => shareReport(ctx.verb, input)),
  changeEconomics: procedureFor(...campaignEditors)
    .input(economicsInput)
    .mutation(({ ctx, input }) => changeEconomics(ctx.verb, input)),
});
