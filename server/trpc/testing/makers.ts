import { makeCustomers, makeMember } from "@/db/testing/factories";
import { startSession } from "@/server/auth/start-session";
import { makeCampaign } from "@/server/campaigns/testing/arrange";
import { makeAccount } from "@/server/channels/testing/accounts";
import { uploadConsentFile } from "@/server/consent/files/upload";
import { recordConversions } from "@/server/conversions";

import { pieces, uploadFile } from "@/server/imports/testing/files";
import { newId } from "@/server/platform/ids";
import { startRun } from "./workflow-engine";
import type { World } from "./world";

type Maker = (world: World) => Promise<string>;

let last = 0;
/** A word that no other row has. */
const word = ({ mark }: World): string => `${mark.toLowerCase()}_${++last}`;
const phone = (): string => `+9198${String(20_000_000 + ++last)}`;

/** Writes a row with the owner's connection, where no verb makes one without a provider or a worker. Returns its id. */
const written =
  (table: string, values: (world: World) => Promise<object> | object): Maker =>
  async (world) => {
    const row = { workspace_id: world.admin.workspaceId, ...(await values(world)) };
    const [made] =
      await world.owner`insert into ${world.owner(table)} ${world.owner(row)} returning id::text`;
    return String(made?.id);
  };

const alwaysOpen = {
  zone: "Asia/Kolkata",
  alwaysOpen: true,
  week: [[], [], [], [], [], [], []],
  exceptions: [],
};
const minutes = { firstAttemptMinutes: 60, resolutionMinutes: 480 };
const none = { requestTypes: [], urgencies: [], tiers: [], sources: [], tags: [] };

const member = async ({ owner, admin }: World, role: "agent" | "supervisor"): Promise<string> =>
  (await makeMember(owner, admin.workspaceId, role)).membershipId;

const campaign = (world: World, status: "draft" | "active" | "paused") =>
  makeCampaign(world.owner, world.admin, { name: `${world.mark} renewals`, status });

const template = (world: World, approval: "draft" | "approved") =>
  written("whatsapp_templates", async ({ idOf }) => ({
    id: newId(),
    account_id: await idOf("meta-account"),
    name: word(world),
    language: "en",
    category: "utility",
    approval,
    parts: { header: null, body: `${world.mark} says hello.`, footer: null, buttons: [] },
  }))(world);

/** How a row of each noun comes into a workspace: by the product's own verbs, wherever they need nobody else. */
export const makers: Record<string, Maker> = {
  uuid: () => Promise.resolve(newId()),
  word: (world) => Promise.resolve(word(world)),
  "workflow-run": ({ mark, admin }) => startRun(admin, mark),

  // The advisor's own book has every customer, so that what an advisor may do is done.
  customer: async ({ owner, admin, mark, members }) => {
    const name = mark === "Zanzibar" ? "Zanzibar Rao" : "Asha Rao";
    const [id = ""] = await makeCustomers(owner, admin.workspaceId, [{ name, phone: phone() }]);
    await owner`update customers set advisor_id = ${members.v.membershipId} where id = ${id}`;
    return id;
  },
  note: async ({ as, idOf, mark }) =>
    (await as.customers.addNote({ customerId: await idOf("customer"), text: `${mark} called.` })).id,
  policy: async (world) => {
    const { id } = await world.as.policies.create({
      ...{ customerId: await world.idOf("customer"), policyNumber: word(world), policyType: "term" },
      ...{ productName: `${world.mark} Term`, premium: "1,000", paymentMode: "yearly", graceDays: 30 },
    });
    return id;
  },
  payment: async ({ as, idOf }) => {
    const payment = { dueDate: "2027-05-01", amount: "1,000", state: "open" } as const;
    return (await as.policies.recordPayment({ policyId: await idOf("new-policy"), payment })).id;
  },
  segment: async (world) =>
    (await world.as.segments.create({ name: word(world), rule: { match: "all", of: [] } })).id,
  "deleted-segment": async ({ as, idOf }) => {
    const id = await idOf("new-segment");
    await as.segments.delete({ id });
    return id;
  },
  suppression: async (world) => {
    const addresses = `${word(world)}@example.test`;
    await world.as.consent.suppress({ channels: ["email"], addresses, reason: "manual" });
    const [row] = await world.owner`
      select id from suppressions where workspace_id = ${world.admin.workspaceId} order by id desc limit 1`;
    return String(row?.id);
  },
  "consent-file": async (world) => {
    const content = pieces(`email\n${word(world)}@example.test\n`);
    return (await uploadConsentFile(world.admin, { kind: "suppressions", fileName: "stop.csv", content }))
      .fileId;
  },
  import: (world) => uploadFile(world.admin, `Name,Phone\n${world.mark} Iyer,${phone()}\n`),
  conversion: async ({ admin, idOf, owner }) => {
    const [row] = await owner`select external_id from customers where id = ${await idOf("customer")}`;
    const [made] = await recordConversions(admin, {
      conversions: [{ customer: { external_id: row?.external_id }, value: 5 }],
    });
    return made?.status === "recorded" ? made.conversion_id : "";
  },
  "conversion-file": async ({ as, mark }) =>
    (await as.conversions.beginFile({ name: `${mark}.csv`, text: "external_id,value\nC1,5" })).id,

  member: (world) => member(world, "agent"),
  agent: (world) => member(world, "agent"),
  supervisor: (world) => member(world, "supervisor"),
  session: async ({ owner, admin }) => {
    const { userId } = await makeMember(owner, admin.workspaceId, "agent");
    return startSession(userId, { address: "10.3.0.1", userAgent: null });
  },
  invitation: async (world) =>
    (await world.as.workspaces.invite({ email: `${word(world)}@example.test`, role: "agent" })).id,
  team: async (world) => (await world.as.workspaces.createTeam({ name: word(world) })).id,
  "team-member": async ({ as, idOf }) => {
    const membershipId = await idOf("new-member");
    await as.workspaces.setTeamMember({ teamId: await idOf("team"), membershipId, isSupervisor: false });
    return membershipId;
  },
  key: async (world) => (await world.as.apiKeys.create({ name: word(world), scopes: ["*"] })).id,
  attribute: async (world) => {
    const label = word(world);
    return (await world.as.attributes.create({ label, key: label, type: "text" })).id;
  },
  notification: written("notifications", ({ admin, mark }) => ({
    ...{ id: newId(), membership_id: admin.membershipId, kind: "callback", subject_type: "callback" },
    ...{ subject_id: newId(), text: `${mark} waits.`, key: newId() },
  })),
  file: written("files", ({ mark }) => ({
    ...{ id: newId(), name: `${mark}.png`, media_type: "image/png", bytes: 4, sha256: "0".repeat(64) },
  })),

  campaign: (world) => campaign(world, "draft"),
  "active-campaign": (world) => campaign(world, "active"),
  "paused-campaign": (world) => campaign(world, "paused"),
  "campaign-view": async (world) => {
    const name = word(world);
    await world.as.campaigns.saveView({ name, query: "status=draft" });
    const [row] = await world.owner`select id from campaign_views where name = ${name}`;
    return String(row?.id);
  },
  "campaign-test": written("channel_tests", async ({ admin, idOf }) => ({
    ...{ id: newId(), account_id: await idOf("account"), requested_by: admin.userId },
    ...{ address_hint: "m•••@example.test", state: "accepted" },
  })),
  "report-link": written("report_links", async ({ admin, idOf }) => ({
    ...{ id: newId(), campaign_id: await idOf("campaign"), created_by: admin.userId },
    expires_at: new Date("2099-01-01"),
  })),
  template: async (world) => {
    const campaignId = await world.idOf("campaign");
    return (await world.as.templates.saveFromCampaign({ campaignId, name: word(world) })).id;
  },

  callback: async ({ as, idOf }) => {
    // Of a customer of its own: the same number and topic again would be the same request.
    const customerId = await idOf("new-customer");
    return (await as.callbacks.request({ customerId, requestType: "policy_issue" })).id;
  },
  // Of the number of the workspace's customer; nobody is named.
  "callback-of-nobody": async (world) => {
    const customerId = await world.idOf("customer");
    const { id } = await world.as.callbacks.request({ customerId, requestType: word(world) });
    await world.owner`update callback_requests set customer_id = null where id = ${id}`;
    return id;
  },
  "closed-callback": async ({ as, idOf }) => {
    const callbackId = await idOf("new-callback");
    await as.callbacks.complete({ callbackId, resolution: "Explained." });
    return callbackId;
  },
  "callback-view": async (world) => {
    const name = word(world);
    await world.as.callbacks.saveView({ name, query: "tab=all" });
    const [row] = await world.owner`select id from callback_views where name = ${name}`;
    return String(row?.id);
  },
  attempt: written("callback_attempts", async ({ admin, idOf }) => ({
    ...{ id: newId(), callback_id: await idOf("callback"), membership_id: admin.membershipId, via: "tel" },
  })),
  call: written("calls", async ({ admin, idOf, mark }) => ({
    ...{ id: newId(), membership_id: admin.membershipId, account_id: await idOf("phone-account") },
    ...{ provider: "exotel", purpose: "service", line: "+918030752400", agent_phone: phone() },
    ...{ customer_phone: phone(), state: "ended", sentence: `${mark} was not reached.` },
  })),
  calendar: async (world) => {
    const name = word(world);
    return (await world.as.sla.saveCalendar({ calendarId: null, name, definition: alwaysOpen })).id;
  },
  "sla-policy": async (world) => {
    const { id } = await world.as.sla.savePolicy({
      ...{ policyId: null, name: word(world), calendarId: await world.idOf("calendar") },
      definition: {
        ...{ condition: none, targets: { high: minutes, medium: minutes, low: minutes } },
        ...{ warnAt: 0.75, escalations: [] },
      },
    });
    return id;
  },
  disposition: async (world) => {
    const label = word(world);
    return (
      await world.as.dispositions.save({ dispositionId: null, label, ends: "completed", resolved: true })
    ).id;
  },
  "phone-account": async (world) => {
    const { accountId } = await world.as.telephony.saveAccount({
      ...{ accountId: null, name: word(world), provider: "exotel", config: { accountSid: "suraksha" } },
      secrets: { apiKey: "a".repeat(12), apiToken: "b".repeat(12) },
    });
    return accountId;
  },

  account: async (world) => {
    const { accountId } = await world.as.channels.addAccount({
      ...{ channel: "sms", provider: "twilio", name: word(world), makeDefault: false },
      config: { accountSid: `AC${"0".repeat(32)}`, from: "+14155552345" },
      secrets: { authToken: "a".repeat(20) },
    });
    return accountId;
  },
  "meta-account": ({ owner, admin }) =>
    makeAccount(owner, admin.workspaceId, { channel: "whatsapp", provider: "meta" }),
  "message-template": (world) => template(world, "draft"),
  "approved-message-template": (world) => template(world, "approved"),
  price: written("channel_prices", () => ({
    ...{ id: newId(), channel: "sms", provider: "twilio", category: "service", price_micros: 1 },
    ...{ currency: "INR", valid_from: `20${30 + (++last % 70)}-01-01` },
  })),
  registration: written("dlt_templates", (world) => ({
    ...{ id: newId(), entity_id: "1101", header: "SURAKS", template_id: word(world), name: world.mark },
    ...{ category: "service_implicit", language: "en", text: `${world.mark} says hello.` },
  })),
  receipt: written("webhook_receipts", async ({ idOf, owner }) => ({
    ...{ account_id: await idOf("account"), provider: "twilio", url: "https://example.test/" },
    ...{ headers: owner.json({}), body: Buffer.from("{}"), failure: "unreadable", given_up_at: new Date() },
  })),
  response: written("responses", async ({ idOf, mark }) => ({
    ...{ id: newId(), customer_id: await idOf("customer"), channel: "sms", text: `${mark} asks.` },
    ...{ class: "question", classified_by: "rule", source_id: newId(), received_at: new Date() },
  })),
  message: written("sandbox_messages", async ({ idOf, mark }) => ({
    ...{ id: newId(), public_id: newId(), kind: "campaign", channel: "sms", text: `${mark} says hello.` },
    ...{ customer_id: await idOf("customer"), from_address: "SURAKS", to_address: phone() },
  })),
};
