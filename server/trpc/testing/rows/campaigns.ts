import { may, type Rows } from "../table";

const readers = "amsv";
const builders = "amv";
const own = { id: "@campaign" };
/** To a field advisor a campaign of somebody else is not there to be changed. */
const notTheAdvisors = { hiddenFrom: "v" } as const;
const of = { campaignId: "@campaign" };
const everybody = { kind: "all" };
const schedule = {
  kind: "automated",
  triggers: [{ on: "birthday" }],
  steps: [],
  time: "10:30",
  clock: "workspace",
};
const message = {
  category: "renewal_reminder",
  channels: ["email"],
  languages: ["en"],
  bodies: { email: { en: { subject: "Your policy", preheader: "", body: "Dear customer, it renews." } } },
  fallbacks: {},
  audience: everybody,
};
const draft = { type: "retention", goal: "renewal_rate", category: "renewal_reminder" };
const found = { foreign: "OK" } as const;

/** Campaigns: made, checked, launched, looked at. */
export const campaignRows: Rows = {
  "campaigns.list": may(readers, {}),
  "campaigns.filters": may(readers),
  "campaigns.saveView": may(readers, { name: "Mine", query: "status=draft" }),
  "campaigns.removeView": may("a", { viewId: "@new-campaign-view" }, { hiddenFrom: "msv" }),
  "campaigns.bulk": may(builders, { act: "archive", ids: ["@new-campaign"] }, found),
  "campaigns.get": may("ams", own, notTheAdvisors),
  "campaigns.preflight": may("ams", own, notTheAdvisors),
  "campaigns.check": may("ams", own, notTheAdvisors),
  "campaigns.startCheck": may("am", { id: "@new-campaign" }, notTheAdvisors),
  "campaigns.cancelCheck": may("am", own, notTheAdvisors),
  "campaigns.preview": may(readers, { ...message, customerId: "@customer" }),
  "campaigns.create": may(builders, { name: "Festival", ...draft }),
  "campaigns.update": may(
    "am",
    { id: "@new-campaign", version: 1, changes: { name: "Later" } },
    notTheAdvisors,
  ),
  "campaigns.clone": may("am", own, notTheAdvisors),
  "campaigns.deleteDraft": may("am", { id: "@new-campaign" }, notTheAdvisors),
  "campaigns.sendTest": may(
    "am",
    { ...own, channel: "email", language: "en", to: "me@example.test" },
    notTheAdvisors,
  ),
  "campaigns.test": may(builders, { testId: "@campaign-test" }),
  "campaigns.submit": may("am", { id: "@new-campaign", version: 1 }, notTheAdvisors),
  "campaigns.withdraw": may("am", own, { gives: "CONFLICT", ...notTheAdvisors }),
  "campaigns.approve": may("", { ...own, version: 1 }),
  "campaigns.sendBack": may("", { ...own, version: 1, comment: "Shorter, please." }),
  // It says nothing yet of when.
  "campaigns.schedule": may(
    "am",
    { id: "@new-campaign", version: 1 },
    { gives: "BAD_REQUEST", ...notTheAdvisors },
  ),
  "campaigns.unschedule": may("am", own, { gives: "CONFLICT", ...notTheAdvisors }),
  "campaigns.dates": may(builders, {
    schedule: { kind: "now" },
    audience: everybody,
    startsOn: null,
    endsOn: null,
  }),
  "campaigns.revise": may("am", own, { gives: "CONFLICT", ...notTheAdvisors }),
  // It replaces no automation.
  "campaigns.publish": may("am", { ...own, version: 1 }, { gives: "BAD_REQUEST", ...notTheAdvisors }),
  "campaigns.launch": may("am", { id: "@new-campaign", version: 1 }, notTheAdvisors),
  "campaigns.pause": may("am", { id: "@new-active-campaign" }, notTheAdvisors),
  "campaigns.resume": may("am", { id: "@new-paused-campaign" }, notTheAdvisors),
  "campaigns.changeLimits": may(
    "am",
    { id: "@active-campaign", ratePerSecond: "5", budget: "" },
    notTheAdvisors,
  ),
  "campaigns.cancel": may("am", { id: "@new-active-campaign" }, notTheAdvisors),

  "deliveries.figures": may("ams", of, notTheAdvisors),
  "deliveries.conditions": may("ams", of, notTheAdvisors),
  "deliveries.series": may("ams", of, notTheAdvisors),
  "deliveries.recipients": may("ams", of, notTheAdvisors),
  "deliveries.explain": may("ams", { ...of, customerId: "@customer" }, notTheAdvisors),
  "deliveries.holdUps": may("ams", of, notTheAdvisors),
  "deliveries.tryRules": may("ams", {
    customerId: "@customer",
    channel: "email",
    purpose: "service",
    localTime: null,
  }),
  "deliveries.settleUnknown": may("am", { ...of, outcome: "failed" }, notTheAdvisors),

  "analytics.campaign": may("ams", of, notTheAdvisors),
  "analytics.course": may("ams", of, notTheAdvisors),
  "analytics.breakdown": may("ams", { ...of, by: "channel" }, notTheAdvisors),
  "analytics.experiment": may("ams", { ...of, metric: "click" }, notTheAdvisors),
  "analytics.holdOut": may("ams", of, notTheAdvisors),
  "analytics.hours": may("ams", of, notTheAdvisors),
  "analytics.workspace": may(readers, {}),
  "analytics.renewals": may("ams", {}),
  "analytics.renewalSummary": may("ams"),
  "analytics.setRenewalSummary": may("ams", { mailed: true }),
  "analytics.persistency": may("ams"),
  "analytics.compare": may("ams", { campaigns: ["@campaign"] }, notTheAdvisors),
  "analytics.insights": may("ams", of, notTheAdvisors),
  "analytics.workspaceInsights": may(readers, {}),
  "analytics.report": may("ams", of, notTheAdvisors),
  "analytics.reportLinks": may("am", of),
  "analytics.revokeReportLink": may("am", { id: "@new-report-link" }),
  "analytics.shareReport": may("am", { ...of, days: 7 }),
  "analytics.changeEconomics": may("am", { ...of, fixedCost: "5,000", margin: "35" }),

  "variants.test": may("ams", of, notTheAdvisors),
  "variants.choose": may(
    "am",
    { ...of, runNumber: 1, variant: 0, reason: "It reads better." },
    {
      gives: "NOT_FOUND",
      ...notTheAdvisors,
    },
  ),
  "automations.get": may("ams", own, notTheAdvisors),
  "automations.journeys": may(readers, { customerId: "@customer" }),
  "automations.retry": may("am", { id: "@active-campaign" }),
  "automations.play": may("ams", { ...message, ...of, customerId: "@customer", schedule }, notTheAdvisors),
  "automations.preview": may(readers, { ...message, schedule }),
  "recommendations.list": may(builders),
  "recommendations.use": may(builders, { kind: "renewals" }, { gives: "CONFLICT" }),
  "tracking.reclassify": may("a", of),

  "templates.list": may(readers, {}),
  "templates.get": may("ams", { id: "@template" }, notTheAdvisors),
  "templates.preview": may("ams", { id: "@template", channel: "email", language: "en" }, notTheAdvisors),
  "templates.links": may(readers),
  "templates.setLinks": may("am", { links: { renew: "https://example.com/renew" } }),
  // What nobody has approved yet is hidden from advisors too.
  "templates.use": may("am", { id: "@template" }, notTheAdvisors),
  "templates.update": may("am", { id: "@new-template", version: 1, changes: { name: "@new-word" } }),
  "templates.duplicate": may("am", { id: "@template" }),
  "templates.restore": may("am", { id: "@new-template", version: 1 }, { gives: "CONFLICT" }),
  "templates.setArchived": may("am", { id: "@new-template", archived: true }),
  // An approver has the right besides the role; nobody here is one but the administrator.
  "templates.setApproved": may("a", { id: "@new-template", version: 1, approved: true }),
  "templates.saveFromCampaign": may("am", { ...of, name: "@new-word" }),
  "templates.import": may("am", { content: "{}" }, { gives: "BAD_REQUEST" }),
  "templates.export": may("am", { ids: ["@template"] }),

  "sendingRules.get": may("ams"),
  "sendingRules.change": may("a", {
    caps: { email: null, sms: null, whatsapp: null },
    servicePerPolicyDay: null,
    paymentsMaxAgeHours: null,
  }),
  "sendingRules.setHours": may("a", {
    ...{ country: "IN", channel: "email", purpose: "promotional", validFrom: "2027-01-01" },
    ...{ fromMinute: 540, toMinute: 1_080, days: [1, 2, 3] },
  }),
  "sendingRules.removeHours": may("a", {
    ...{ country: "IN", channel: "email", purpose: "promotional", validFrom: "2027-01-01" },
  }),
  "sendingRules.resetHours": may("a", { country: "IN", channel: "email", purpose: "promotional" }),
  "sendingRules.stop": may("am"),
  "sendingRules.letGoOn": may("am"),
};
