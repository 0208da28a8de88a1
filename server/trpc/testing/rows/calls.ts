import { may, type Rows } from "../table";

/** Who takes calls: everybody but marketers. */
const callers = "asgv";
const leads = "as";
const one = { callbackId: "@callback" };
const slot = { start: new Date("2027-03-01T05:00:00Z"), end: new Date("2027-03-01T05:30:00Z") };
/** A claim that is not there: whoever works on a request has to hold it. */
const held = { ...one, generation: 0 };
const notHeld = { gives: "CONFLICT", foreign: "CONFLICT" } as const;
const calendar = {
  zone: "Asia/Kolkata",
  alwaysOpen: true,
  week: [[], [], [], [], [], [], []],
  exceptions: [],
};
const minutes = { firstAttemptMinutes: 60, resolutionMinutes: 480 };
const promise = {
  condition: {},
  targets: { high: minutes, medium: minutes, low: minutes },
  warnAt: 0.75,
  escalations: [],
};
const telephony = { provider: "exotel", config: { accountSid: "suraksha" } };
const secrets = { apiKey: "a".repeat(12), apiToken: "b".repeat(12) };

/** The call centre: the queue and the work on it, its hours and promises, the lines. */
export const callRows: Rows = {
  "callbacks.list": may(callers, {}),
  "callbacks.counts": may(callers),
  "callbacks.get": may(callers, one),
  "callbacks.views": may(callers),
  "callbacks.saveView": may(callers, { name: "Mine", query: "tab=all" }),
  "callbacks.removeView": may("a", { viewId: "@new-callback-view" }, { hiddenFrom: "sgv" }),
  "callbacks.slots": may("amsgv", {}),
  "callbacks.formLink": may(leads),
  "callbacks.takers": may(leads),
  "callbacks.request": may(
    "amsv",
    { customerId: "@customer", requestType: "policy_issue" },
    { hiddenFrom: "g" },
  ),
  "callbacks.desk": may(callers),
  "callbacks.setPresence": may(callers, { presence: "available" }),
  "callbacks.take": may(callers, { callbackId: "@new-callback" }),
  "callbacks.keep": may(callers, held, notHeld),
  "callbacks.release": may(callers, held, notHeld),
  "callbacks.dial": may(callers, held, notHeld),
  "callbacks.outcome": may(callers, { ...held, attemptId: "@attempt", outcome: "no_answer" }, notHeld),
  "callbacks.complete": may(leads, { callbackId: "@new-callback", resolution: "Explained." }),
  "callbacks.cancel": may(leads, { callbackId: "@new-callback", reason: "duplicate" }),
  "callbacks.schedule": may(leads, { callbackId: "@new-callback", slot }),
  // After `take`: everybody has one by then, and gets the same again.
  "callbacks.next": may(callers),
  "callbacks.passTargets": may(callers),
  "callbacks.passOn": may(leads, {
    callbackId: "@new-callback",
    to: { kind: "person", id: "@agent" },
  }),
  "callbacks.raise": may(leads, one),
  "callbacks.messageTemplates": may(callers),
  "callbacks.message": may(leads, { ...one, templateId: "@template" }),
  "callbacks.messageSettings": may(leads),
  "callbacks.widget": may("a"),
  "callbacks.saveWidget": may("a", { enabled: true, origins: ["https://www.example.com"] }),
  "callbacks.renewWidgetKey": may("a"),
  "callbacks.saveMessageSetting": may("a", {
    ...{
      kind: "reminder",
      enabled: true,
      templateId: null,
      subject: "Your call",
      body: "We call at {{customer_name}}.",
    },
    leadMinutes: 60,
  }),
  "callbacks.possible": may("asv", { ...one, search: "" }, { hiddenFrom: "g" }),
  "callbacks.nameCustomer": may(leads, { callbackId: "@new-callback-of-nobody", customerId: "@customer" }),
  "callbacks.edit": may(leads, { ...one, urgency: "high" }),
  "callbacks.assign": may(leads, { callbackId: "@new-callback", membershipId: "@agent" }),
  "callbacks.changeMany": may(
    leads,
    { callbackIds: ["@new-callback"], change: { do: "cancel", reason: "duplicate" } },
    { foreign: "OK" },
  ),
  "callbacks.reopen": may(leads, { callbackId: "@new-closed-callback" }),

  "calls.desk": may(callers, one),
  "calls.start": may(callers, held, notHeld),
  "calls.setOwnPhone": may(callers, { phone: "+91 98200 11111" }),
  "calls.test": may(
    "a",
    { purpose: "service", agentPhone: "+91 98200 11111", customerPhone: "+91 98200 22222" },
    { gives: "CONFLICT" },
  ),
  "calls.own": may("a", { callId: "@call" }),

  "floor.board": may(leads),
  "floor.rows": may(leads, { set: "waiting" }),
  "floor.reassign": may(leads, { callbackId: "@new-callback", membershipId: "@agent" }),
  "floor.report": may(leads, { by: "day" }),
  "floor.breaches": may(leads, {}),
  "floor.reprioritise": may(leads, { ...one, urgency: "low" }),

  "agents.list": may(leads),
  "agents.change": may("a", { membershipId: "@agent", capacity: 5, skills: [], languages: [] }),
  "agents.assignment": may(leads),
  "agents.changeAssignment": may("a", { policy: "round_robin", sticky: true }),
  "dispositions.list": may("amsgv"),
  "dispositions.save": may("a", {
    ...{ dispositionId: "@disposition", label: "Renewed", ends: "completed", resolved: true },
  }),
  "dispositions.archive": may("a", { dispositionId: "@new-disposition" }),
  // The list has more than this one: what is not all of it is refused.
  "dispositions.order": may(
    "a",
    { dispositionIds: ["@disposition"] },
    { gives: "CONFLICT", foreign: "CONFLICT" },
  ),

  "sla.calendars": may(leads),
  // Previews compare with the own policies and read nothing by these ids.
  "sla.previewCalendar": may(leads, { calendarId: "@calendar", definition: calendar }, { foreign: "OK" }),
  "sla.saveCalendar": may("a", { calendarId: "@calendar", name: "@new-word", definition: calendar }),
  "sla.archiveCalendar": may("a", { calendarId: "@new-calendar" }),
  "sla.policies": may(leads),
  "sla.previewPolicy": may(
    leads,
    {
      ...{ policyId: "@sla-policy", calendarId: "@calendar", definition: promise },
    },
    { foreign: "OK" },
  ),
  "sla.savePolicy": may("a", {
    ...{ policyId: "@sla-policy", name: "@new-word", calendarId: "@calendar", definition: promise },
  }),
  "sla.archivePolicy": may("a", { policyId: "@new-sla-policy" }),
  "sla.orderPolicies": may("a", { policyIds: ["@sla-policy"] }, { gives: "CONFLICT", foreign: "CONFLICT" }),

  "telephony.setup": may(leads),
  "telephony.topics": may(leads),
  "telephony.check": may("a", { accountId: null, ...telephony, secrets: {} }, { gives: "BAD_REQUEST" }),
  "telephony.saveAccount": may("a", { accountId: "@phone-account", name: "Exotel", ...telephony, secrets }),
  "telephony.pauseAccount": may("a", { accountId: "@phone-account" }),
  "telephony.resumeAccount": may("a", { accountId: "@phone-account" }),
  "telephony.archiveAccount": may("a", { accountId: "@new-phone-account" }),
  "telephony.saveLine": may("a", {
    ...{ purpose: "service", number: "+91 80 3075 2400", accountId: "@phone-account" },
  }),
  "telephony.removeLine": may("a", { purpose: "service" }),
  "telephony.changeRules": may("a", { regulated: false, record: false }),
  "telephony.changeTopic": may("a", { requestType: "policy_issue", purpose: "service", script: "" }),
};
