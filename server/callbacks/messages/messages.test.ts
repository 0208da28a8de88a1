import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { listCampaigns } from "@/server/campaigns/list";
import { grantConsent } from "@/server/deliveries/testing/campaign";
import { drain } from "@/server/deliveries/testing/drain";
import { newId } from "@/server/platform/ids";
import { recordClick } from "@/server/tracking/record-click";
import { visit } from "@/server/tracking/testing/ledger";
import { beginAttempt, recordOutcome } from "../attempt";
import { getAskPage } from "../campaign-link";
import { completeCallback } from "../close";
import { doCustomerWish, getCustomerPage } from "../customer-page";
import { getCallback } from "../get";
import { customerUrl } from "../links";
import type { Outcome } from "../status";
import { takeCallback } from "../take";
import { ask as askFor, BEGIN, fixedDay } from "../testing/fixed-day";
import { messageCustomer } from "./message-customer";
import { remindOfCalls } from "./remind";
import { listMessageSettings, saveMessageSetting } from "./settings";

const db = await testDatabase();
type Member = Awaited<ReturnType<typeof makeMember>>;
let workspaceId: string;
let admin: Member;
let agent: Member;
let customerId: string;
const day = fixedDay(db);

beforeEach(async () => {
  await day.begin();
  workspaceId = await makeWorkspace(db.owner);
  admin = await makeMember(db.owner, workspaceId, "admin");
  agent = await makeMember(db.owner, workspaceId, "agent");
  [customerId = ""] = await makeCustomers(db.owner, workspaceId, [
    { name: "Asha Rao", phone: "+919820000001" },
  ]);
  await grantConsent(db.owner, workspaceId);
});

const ask = (more: object = {}) => askFor(admin, { customerId, ...more });
const mails = async () =>
  (
    await db.owner<{ id: string; subject: string; text: string }[]>`
      select public_id as id, subject, text from sandbox_messages where workspace_id = ${workspaceId} order by id`
  ).map((mail) => ({ ...mail }));
const subjects = async () => (await mails()).map(({ subject }) => subject);

/** Takes, dials and says how it went. */
async function call(callbackId: string, outcome: Outcome) {
  const { generation } = await takeCallback(agent, { callbackId });
  const { attemptId } = await beginAttempt(agent, { callbackId, generation, via: "tel" });
  await recordOutcome(agent, { callbackId, generation, attemptId, outcome });
  return generation;
}

const untilDue = async (callbackId: string) => {
  const [row] = await db.owner<{ at: Date }[]>`
    select not_before as at from callback_requests where id = ${callbackId}`;
  await day.go(Math.ceil(((row?.at.getTime() ?? 0) - BEGIN) / 1_000) + 1 - day.seconds());
};

test("the first miss sends the booking link once, through the ledger; after the last one the customer can book", async () => {
  const id = await ask();
  for (let tries = 0; tries < 6; tries++) {
    await call(id, "no_answer");
    await drain();
    if (tries === 0) expect(await subjects()).toEqual(["We tried to call you"]);
    await untilDue(id);
  }
  expect(await subjects()).toEqual(["We tried to call you", "We could not reach you"]);
  const [first, last] = await mails();
  expect(first?.text).toContain("Dear Asha");
  expect(first?.text).toContain("(Policy issue)");
  const { activities, status } = await getCallback(admin, { callbackId: id });
  expect(status).toBe("expired");
  expect(
    activities
      .filter(({ kind }) => kind === "messaged")
      .map(({ detail, message }) => [detail.message, message?.state]),
  ).toEqual([
    ["not_reached", "delivered"],
    ["booking_link", "delivered"],
  ]);

  // The link in the message is the page of this request, not a new one.
  const token = new URL((await recordClick(last?.id ?? "", "0", visit())) ?? "").pathname.replace(
    "/ask/",
    "",
  );
  expect(await getAskPage(token)).toEqual({ page: customerUrl(workspaceId, id) });
  const own = customerUrl(workspaceId, id).split("/").at(-1) ?? "";
  const page = await getCustomerPage(own);
  expect(page).toMatchObject({ open: false, bookable: true });
  const start = page?.slots.days.flatMap(({ slots }) => slots)[0]?.start ?? "";
  expect(await doCustomerWish(own, { do: "move", start })).toBe(true);
  const booked = await getCallback(admin, { callbackId: id });
  expect([booked.status, booked.cycle, Date.parse(booked.slotStart ?? "")]).toEqual([
    "scheduled",
    2,
    Date.parse(start),
  ]);
  // A new cycle has its own tries: one more miss does not end it.
  await untilDue(id);
  await call(id, "no_answer");
  expect((await getCallback(admin, { callbackId: id })).status).not.toBe("expired");
});

test("what the workspace switched off is not said, and its own words are", async () => {
  const setting = (await listMessageSettings(admin)).settings.find(({ kind }) => kind === "booking_link");
  if (!setting) throw new Error("no setting");
  await expect(saveMessageSetting(admin, { ...setting, subject: "Hello {{nobody}}" })).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
  await saveMessageSetting(admin, { ...setting, enabled: false });
  const first = await ask();
  await call(first, "no_answer");
  await saveMessageSetting(admin, { ...setting, subject: "We rang, {{first_name}}" });
  const second = await ask({ requestType: "feedback" });
  await call(second, "no_answer");
  await drain();
  expect(await subjects()).toEqual(["We rang, Asha"]);
  expect((await listCampaigns(admin, {})).rows).toEqual([]);
});

test("customer and agent are reminded once before a promised time; who has just chosen a near one is not", async () => {
  const slot = (minutes: number) => ({
    start: new Date(BEGIN + minutes * 60_000),
    end: new Date(BEGIN + (minutes + 30) * 60_000),
  });
  const far = await ask({ slot: slot(180) });
  await ask({ requestType: "feedback", slot: slot(30) });
  await db.owner`update callback_requests set assignee_id = ${agent.membershipId} where id = ${far}`;
  await remindOfCalls(admin);
  await drain();
  expect(await subjects()).toEqual([]);
  await day.go(125 * 60);
  await remindOfCalls(admin);
  expect(await remindOfCalls(admin)).toBe(0);
  await drain();
  expect(await subjects()).toEqual(["We call you at Monday, 17 August at 1:00 pm"]);
  const told = await db.owner`select kind from notifications where membership_id = ${agent.membershipId}`;
  expect(told).toEqual([{ kind: "callback_reminder" }]);
});

test("after a talk the customer is asked how it was, and the first answer is kept", async () => {
  const id = await ask();
  const generation = await call(id, "connected");
  await completeCallback(agent, { callbackId: id, generation, disposition: "resolved" });
  await drain();
  expect(await subjects()).toEqual(["How was our call?"]);
  const own = customerUrl(workspaceId, id).split("/").at(-1) ?? "";
  expect(await doCustomerWish(own, { do: "rate", satisfaction: 4 })).toBe(true);
  expect(await doCustomerWish(own, { do: "rate", satisfaction: 1 })).toBe(false);
  expect((await getCallback(admin, { callbackId: id })).satisfaction).toBe(4);
});

test("the rules of deliveries decide: without consent nothing goes, and the log says why", async () => {
  await db.owner`update consent_states set granted = false where customer_id = ${customerId}`;
  const id = await ask();
  await call(id, "no_answer");
  await drain();
  expect(await subjects()).toEqual([]);
  const { activities } = await getCallback(admin, { callbackId: id });
  expect(activities.find(({ kind }) => kind === "messaged")?.message).toEqual({
    state: "skipped",
    reason: "no_consent",
  });
  // A number that belongs to nobody has nobody to write to.
  const stranger = await askFor(admin, { phone: "98200 99999" });
  await call(stranger, "no_answer");
  const log = (await getCallback(admin, { callbackId: stranger })).activities;
  expect(log.find(({ kind }) => kind === "messaged")?.detail).toMatchObject({ notSent: "no_customer" });
});

test("an agent messages from an approved service template while holding the request", async () => {
  const [template, draft, offer] = await Promise.all([
    makeTemplate("Documents", "policy_document", true),
    makeTemplate("Unread", "policy_document", false),
    makeTemplate("Offer", "cross_sell", true),
  ]);
  const id = await ask();
  await expect(messageCustomer(agent, { callbackId: id, templateId: template })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  const { generation } = await takeCallback(agent, { callbackId: id });
  for (const other of [draft, offer])
    await expect(
      messageCustomer(agent, { callbackId: id, generation, templateId: other }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await messageCustomer(agent, { callbackId: id, generation, templateId: template })).toEqual({
    channel: "email",
  });
  await messageCustomer(agent, { callbackId: id, generation, templateId: template });
  await drain();
  expect(await subjects()).toEqual(["Your documents, Asha", "Your documents, Asha"]);
  await expect(
    messageCustomer(agent, { callbackId: id, generation: 1, templateId: template }),
  ).rejects.toMatchObject({ code: "CONFLICT" });
});

async function makeTemplate(name: string, category: string, approved: boolean): Promise<string> {
  const id = newId();
  const content = {
    email: { en: { subject: `Your ${name.toLowerCase()}, {{first_name}}`, preheader: "", body: "Hello" } },
    fallbacks: {},
  };
  await db.owner`
    insert into templates (id, workspace_id, name, category, type, goal, channels, languages, approved_at)
    values (${id}, ${workspaceId}, ${name}, ${category}, 'retention', 'engagement', '{email}', '{en}', ${approved ? new Date() : null})`;
  await db.owner`
    insert into template_versions (workspace_id, template_id, version, content, channels, languages, cause)
    values (${workspaceId}, ${id}, 1, ${db.owner.json(content)}, '{email}', '{en}', 'edited')`;
  return id;
}
