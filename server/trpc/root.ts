import { agentsRouter } from "@/server/agents/router";
import { analyticsRouter } from "@/server/analytics/router";
import { apiKeysRouter } from "@/server/api-keys/router";
import { attributesRouter } from "@/server/attributes/router";
import { auditRouter } from "@/server/audit/router";
import { authRouter } from "@/server/auth/router";
import { automationsRouter } from "@/server/automations/router";
import { brandingRouter } from "@/server/branding/router";
import { callbacksRouter } from "@/server/callbacks/router";
import { callsRouter } from "@/server/calls/router";
import { campaignsRouter } from "@/server/campaigns/router";
import { channelsRouter } from "@/server/channels/router";
import { consentRouter } from "@/server/consent/router";
import { conversionsRouter } from "@/server/conversions/router";
import { customersRouter } from "@/server/customers/router";
import { deliveriesRouter } from "@/server/deliveries/router";
import { dispositionsRouter } from "@/server/dispositions/router";
import { erasuresRouter } from "@/server/erasures/router";
import { eventsRouter } from "@/server/events/router";
import { filesRouter } from "@/server/files/router";
import { floorRouter } from "@/server/floor/router";
import { importsRouter } from "@/server/imports/router";
import { inboxRouter } from "@/server/inbox/router";
import { notificationsRouter } from "@/server/notifications/router";
import { onboardingRouter } from "@/server/onboarding/router";
import { operationsRouter } from "@/server/operations/router";
import { policiesRouter } from "@/server/policies/router";
import { realtimeRouter } from "@/server/realtime/router";
import { recommendationsRouter } from "@/server/recommendations/router";
import { responsesRouter } from "@/server/responses/router";
import { segmentsRouter } from "@/server/segments/router";
import { sendingRulesRouter } from "@/server/sending-rules/router";
import { slaRouter } from "@/server/sla/router";
import { telephonyRouter } from "@/server/telephony/router";
import { templatesRouter } from "@/server/template-library/router";
import { trackingRouter } from "@/server/tracking/router";
import { variantsRouter } from "@/server/variants/router";
import { workflowsRouter } from "@/server/workflows/router";
import { workspacesRouter } from "@/server/workspaces/router";
import { router } from "./procedures";

/** Every procedure of the product, one router a noun. */
export const appRouter = router({
  agents: agentsRouter,
  deliveries: deliveriesRouter,
  dispositions: dispositionsRouter,
  inbox: inboxRouter,
  callbacks: callbacksRouter,
  calls: callsRouter,
  automations: automationsRouter,
  campaigns: campaignsRouter,
  analytics: analyticsRouter,
  apiKeys: apiKeysRouter,
  attributes: attributesRouter,
  consent: consentRouter,
  channels: channelsRouter,
  conversions: conversionsRouter,
  customers: customersRouter,
  erasures: erasuresRouter,
  events: eventsRouter,
  files: filesRouter,
  floor: floorRouter,
  imports: importsRouter,
  notifications: notificationsRouter,
  onboarding: onboardingRouter,
  operations: operationsRouter,
  policies: policiesRouter,
  realtime: realtimeRouter,
  recommendations: recommendationsRouter,
  responses: responsesRouter,
  segments: segmentsRouter,
  sla: slaRouter,
  telephony: telephonyRouter,
  templates: templatesRouter,
  sendingRules: sendingRulesRouter,
  tracking: trackingRouter,
  audit: auditRouter,
  auth: authRouter,
  branding: brandingRouter,
  variants: variantsRouter,
  workflows: workflowsRouter,
  workspaces: workspacesRouter,
});

export type AppRouter = typeof appRouter;
