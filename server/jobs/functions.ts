import { analyticsFunctions } from "@/server/analytics/jobs";
import { forgetApiAnswersJob } from "@/server/api-keys/jobs";
import { sendSystemMailJob } from "@/server/auth/jobs";
import { automationFunctions } from "@/server/automations/jobs";
import { callFunctions } from "@/server/calls/jobs";
import { campaignFunctions } from "@/server/campaigns/jobs";
import { consentFunctions } from "@/server/consent/jobs";
import {
  cancelCampaignJob,
  completeCampaignJob,
  runCampaignJob,
  sendRestJob,
} from "@/server/deliveries/jobs";
import { engagementFunctions } from "@/server/engagement/jobs";
import { erasureFunctions } from "@/server/erasures/jobs";
import { fileFunctions } from "@/server/files/jobs";
import { importFunctions } from "@/server/imports/jobs";
import { policyFunctions } from "@/server/policies/jobs";
import { forgetOldRowsJob } from "@/server/retention/jobs";
import { segmentFunctions } from "@/server/segments/jobs";
import { slaFunctions } from "@/server/sla/jobs";
import { variantFunctions } from "@/server/variants/jobs";

/** Every workflow function of the product; the worker serves them, and `/api/inngest` for hosts without a worker. */
export const functions = [
  runCampaignJob,
  completeCampaignJob,
  cancelCampaignJob,
  sendRestJob,
  ...variantFunctions,
  ...campaignFunctions,
  ...automationFunctions,
  ...callFunctions,
  ...erasureFunctions,
  ...importFunctions,
  ...consentFunctions,
  ...fileFunctions,
  ...policyFunctions,
  ...segmentFunctions,
  ...slaFunctions,
  ...engagementFunctions,
  ...analyticsFunctions,
  forgetApiAnswersJob,
  forgetOldRowsJob,
  sendSystemMailJob,
];
