import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { launchCampaign } from "@/server/campaigns/launch";
import type { Schedule } from "@/server/campaigns/schemas";
import { type CampaignSeed, makeCampaign } from "@/server/campaigns/testing/arrange";
import { explainDelivery } from "@/server/deliveries/explain";
import { drain } from "@/server/deliveries/testing/drain";
import { ingestEvents } from "@/server/events/ingest";
import { previewEntries } from "./preview";
import { takeSteps } from "./take-steps";
import { automated } from "./testing/arrange";

const db = await testDatabase();
type Automated = Extract<Schedule, { kind: "automated" }>;
let ctx: Awaited<ReturnType<typeof makeMember>>;
/** Asha and Bina share an e-mail address, Bina and Chand a phone. */
let ids: string[];
const family = ["Asha", "Bina", "Chand"];

beforeEach(async () => {
  await db.setClock("2026-12-01T06:00:00Z");
  const workspaceId = await makeWorkspace(db.owner);
  await db.owner`update workspaces set time_zone = 'Asia/Kolkata' where id = ${workspaceId}`;
  ctx = await makeMember(db.owner, workspaceId);
  ids = await makeCustomers(db.owner, workspaceId, [
    { name: "Asha", email: "Home@example.test", phone: "+6591234561" },
    { name: "Bina", email: "home@EXAMPLE.test", phone: "+6591234562" },
    { name: "Chand", email: "chand@example.test", phone: "+6591234562" },
  ]);
  await consent(ids);
});

/** Consent to promotion and service everywhere. */
const consent = (who: readonly string[]) => db.owner`
  insert into consent_states (workspace_id, customer_id, channel, purpose, granted)
  select ${ctx.workspaceId}, id, channel, purpose, true from unnest(${[...who]}::uuid[]) as c (id),
    unnest(array['email', 'sms', 'whatsapp']) as channel, unnest(array['promotional', 'service']) as purpose
  on conflict do nothing`;

async function launch(over: Partial<Automated> = {}, seed: CampaignSeed = {}) {
  const schedule = automated([{ on: "event", name: "offer" }], over) as Automated;
  const id = await makeCampaign(db.owner, ctx, { category: "festival", schedule, ...seed });
  const { runNumber } = await launchCampaign(ctx, { id, version: 1 });
  return { id, runNumber, schedule };
}
const happens = (...who: number[]) =>
  ingestEvents(ctx, { events: who.map((nth) => ({ name: "offer", customer: { id: ids[nth] ?? "" } })) });
const entered = async (id: string) =>
  (
    await db.owner<{ who: string }[]>`
      select customer_id as who from automation_entries where campaign_id = ${id} order by entered_at, seq`
  ).map(({ who }) => family[ids.indexOf(who)]);

test("promotion goes once to an address, to who may be sent it, and again when the time is over; service to each", async () => {
  await db.owner`update consent_states set granted = false where customer_id = ${ids[0] ?? ""} and purpose = 'promotional'`;
  const { id, schedule } = await launch();
  const service = await launch({}, { category: "renewal_reminder" });
  await happens(0, 1, 2);
  await drain();
  expect(await entered(id)).toEqual(["Bina", "Chand"]);
  expect((await entered(service.id)).sort()).toEqual(family);
  const sent = await db.owner<{ to: string }[]>`
    select lower(to_address) as to from sandbox_messages where campaign_id = ${id} order by 1`;
  expect(sent.map(({ to }) => to)).toEqual(["chand@example.test", "home@example.test"]);
  const why = await explainDelivery(ctx, { campaignId: id, customerId: ids[0] ?? "" });
  expect(JSON.stringify(why)).toContain("another customer with the same address came first");
  await happens(0);
  expect(await entered(id)).toEqual(["Bina", "Chand"]);
  await db.setClock("2026-12-02T07:00:00Z");
  await consent(ids);
  await db.owner`update consent_states set granted = true where customer_id = ${ids[0] ?? ""}`;
  await happens(0);
  expect(await entered(id)).toEqual(["Bina", "Chand", "Asha"]);
  // The look back lets in the same ones, by the same rule; consent counts as it stands now.
  await db.owner`update consent_states set granted = false where customer_id = ${ids[0] ?? ""} and purpose = 'promotional'`;
  const seen = await previewEntries(ctx, {
    ...{ schedule, audience: { kind: "all" }, category: "festival", channels: ["email"] },
  });
  expect(seen).toMatchObject({ entries: 3, shared: 2, again: 0 });
});

test("where nobody is kept from entering again, one look still gives an address one message", async () => {
  const { id } = await launch({ againHours: 0 });
  const once = await launch({ againHours: null });
  await happens(0, 1);
  await happens(1, 0);
  // The one who came first enters with each thing that happens, the other one not.
  const who = await entered(id);
  expect(who).toHaveLength(2);
  expect(new Set(who).size).toBe(1);
  await db.setClock("2027-03-01T06:00:00Z");
  await happens(0, 1);
  expect(await entered(once.id)).toHaveLength(1);
});

test("of two at one address at once, each told by itself, one enters", async () => {
  const { id } = await launch();
  // Both are let go at the same moment: neither can have seen the other before.
  const both = await db.owner.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended(${`automation-addresses:${id}`}, 0))`;
    const telling = [happens(0), happens(1)];
    await expect
      .poll(
        async () =>
          (
            await db.owner`select from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`
          ).length,
        { timeout: 20_000 },
      )
      .toBe(2);
    return { telling };
  });
  await Promise.all(both.telling);
  expect(await entered(id)).toHaveLength(1);
});

test("whose message was left out stands in nobody's way, and another channel is another address", async () => {
  await db.owner`delete from consent_states where customer_id = ${ids[0] ?? ""}`;
  const { id } = await launch();
  await happens(0);
  await drain();
  await happens(1);
  expect(await entered(id)).toEqual(["Asha", "Bina"]);
  const sms = await launch(
    {},
    {
      channels: ["sms"],
      bodies: { sms: { en: { text: "An offer", dltTemplateId: null, variables: [] } } },
    },
  );
  await happens(0, 1, 2);
  expect((await entered(sms.id)).filter((who) => who !== "Asha")).toHaveLength(1);
  expect(await entered(sms.id)).toContain("Asha");
});

test("a phone is one address, whether it is reached by WhatsApp or by SMS", async () => {
  // Bina is reached by WhatsApp, Chand at the same phone by SMS, Asha at her own by SMS.
  await db.owner`update consent_states set granted = channel = 'sms' where customer_id = any(${[ids[0] ?? "", ids[2] ?? ""]}::uuid[])`;
  const seed: CampaignSeed = {
    channels: ["whatsapp", "sms"],
    bodies: {
      whatsapp: {
        en: { templateId: null, text: "An offer", variables: [], headerFileId: null, buttonUrls: [] },
      },
      sms: { en: { text: "An offer", dltTemplateId: null, variables: [] } },
    },
  };
  const { id, schedule } = await launch({}, seed);
  await happens(0, 1, 2);
  expect(await entered(id)).toContain("Asha");
  expect(await entered(id)).toHaveLength(2);
  await db.setClock("2026-12-03T07:00:00Z");
  // Whoever comes later finds the phone taken.
  await happens(2);
  await happens(1);
  expect((await entered(id)).slice(2)).toEqual(["Chand"]);
  const sentOn = await db.owner`
    select distinct e.channel from executions e join automation_entries a on a.run_number = e.run_number and a.seq = e.seq
    where a.campaign_id = ${id} and e.customer_id = ${ids[2] ?? ""}`;
  expect(sentOn).toEqual([{ channel: "sms" }]);
  const seen = await previewEntries(ctx, {
    ...{ schedule, audience: { kind: "all" }, category: "festival" },
    channels: ["whatsapp", "sms"],
  });
  expect(seen.shared).toBe(2);
});

test("a follow-up on a channel whose address is shared goes once", async () => {
  const steps = [{ do: "send" as const, channel: "sms" as const, own: null }];
  const { id, runNumber } = await launch(
    { steps },
    {
      bodies: {
        email: { en: { subject: "Offer", preheader: "", body: "Hello" } },
        sms: { en: { text: "An offer", dltTemplateId: null, variables: [] } },
      },
    },
  );
  await happens(1, 2);
  const inside = await db.owner<{ seq: number }[]>`
    select seq from automation_entries where campaign_id = ${id} order by seq`;
  expect(inside).toHaveLength(2);
  await Promise.all(inside.map(({ seq }) => takeSteps(ctx, { runNumber, seq })));
  await drain();
  const outcomes = await db.owner<{ outcome: string }[]>`
    select outcome from automation_steps_taken where run_number = ${runNumber} order by 1`;
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(["sent", "shared"]);
  const sent = await db.owner`
    select channel, count(*)::int from executions where run_number = ${runNumber} group by 1 order by 1`;
  expect(sent.map((row) => [row.channel, row.count])).toEqual([
    ["email", 2],
    ["sms", 1],
  ]);
});
