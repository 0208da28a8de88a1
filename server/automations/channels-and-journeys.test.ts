import { afterAll, beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { whatsappBody } from "@/server/campaigns/content";
import { launchCampaign } from "@/server/campaigns/launch";
import { grantConsent, makeCampaign } from "@/server/campaigns/testing/arrange";
import { drain } from "@/server/deliveries/testing/drain";
import { silentProvider } from "@/server/deliveries/testing/provider";
import { startVirtualEngine } from "@/server/engine/testing/virtual-engine";
import { ingestEvents } from "@/server/events/ingest";
import { inngest } from "@/server/jobs/client";
import { recordReply } from "@/server/responses";
import { relayOnce } from "@/server/worker/relay";
import { automationFunctions } from "./jobs";
import { listJourneys } from "./list-journeys";
import type { Step } from "./schemas";
import { automated } from "./testing/arrange";

const db = await testDatabase();
const engine = await startVirtualEngine(db.url, (_client, url) => {
  inngest.setEnvVars({ INNGEST_DEV: url });
  return automationFunctions;
});
afterAll(() => engine.stop());
await db.owner`delete from engine.cron`;

const HOUR = 3_600_000;
let ctx: Awaited<ReturnType<typeof makeMember>>;

beforeEach(async () => {
  await db.setClock(new Date(await engine.now()).toISOString());
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
});

async function relayed(): Promise<void> {
  while ((await relayOnce()) > 0);
  await engine.settle();
}
async function pass(hours: number): Promise<void> {
  await engine.pass(hours * HOUR, (at) => db.setClock(new Date(at + 1_000).toISOString()));
  await relayed();
}

test("a follow-up speaks on its own channel in its own words; unreceived, the fall-back follows, but not to who paid", async () => {
  const noon = new Date(Math.ceil((await engine.now()) / (24 * HOUR)) * 24 * HOUR + 6.5 * HOUR);
  const at = (hours: number) => db.setClock(new Date(noon.getTime() + hours * HOUR).toISOString());
  await at(0);
  const people = await makeCustomers(db.owner, ctx.workspaceId, [
    { phone: "+6591234567" },
    { phone: "+6591234568" },
  ]);
  for (const channel of ["email", "sms", "whatsapp"])
    await db.owner`
      insert into consent_states (workspace_id, customer_id, channel, purpose, granted)
      select ${ctx.workspaceId}, id, ${channel}, 'service', true from unnest(${people}::uuid[]) as p (id)`;
  // Both wrote on WhatsApp just before: free text is allowed.
  for (const [nth, from] of ["+6591234567", "+6591234568"].entries())
    await recordReply(ctx, {
      ...{ channel: "whatsapp", origin: "test", providerMessageId: `w${nth}`, from, text: "Hello" },
      occurredAt: noon,
    });
  await at(0.1);
  const papers: Step = {
    do: "send",
    channel: "whatsapp",
    own: { whatsapp: whatsappBody.parse({ text: "The papers for {{customer_name}}" }) },
  };
  const id = await makeCampaign(db.owner, ctx, {
    schedule: automated([{ on: "event", name: "inquiry" }], { steps: [papers], exits: ["paid"] }),
    bodies: {
      email: { en: { subject: "First", preheader: "", body: "Hello" } },
      sms: { en: { text: "We wrote on WhatsApp.", dltTemplateId: null, variables: [] } },
    },
    fallBack: { channel: "sms", afterHours: 4 },
  });
  await launchCampaign(ctx, { id, version: 1 });
  await ingestEvents(ctx, {
    events: people.map((customer) => ({ name: "inquiry", customer: { id: customer } })),
  });
  await relayed();
  const provider = silentProvider();
  await drain({ adapter: provider });
  const said = () =>
    provider.sent.map(({ channel, text }) => `${channel} ${channel === "email" ? "" : text}`.trim());
  expect(said().sort()).toEqual([
    "email",
    "email",
    "whatsapp The papers for Customer 1",
    "whatsapp The papers for Customer 2",
  ]);
  await ingestEvents(ctx, { events: [{ name: "payment_received", customer: { id: people[1] ?? "" } }] });
  await at(5);
  await drain({ adapter: provider });
  expect(said().slice(4)).toEqual(["sms We wrote on WhatsApp."]);
});

test("a customer's page tells their journeys, latest first, and nobody else's", async () => {
  const [customerId = ""] = await makeCustomers(db.owner, ctx.workspaceId, [{}]);
  await grantConsent(db.owner, ctx.workspaceId, [customerId]);
  const steps: Step[] = [
    { do: "wait", amount: 2, unit: "days" },
    { do: "send", channel: "email", own: null },
    { do: "wait", amount: 1, unit: "days" },
  ];
  const schedule = automated([{ on: "event", name: "inquiry" }], { steps });
  const id = await makeCampaign(db.owner, ctx, { schedule });
  const { runNumber } = await launchCampaign(ctx, { id, version: 1 });
  await ingestEvents(ctx, { events: [{ name: "inquiry", customer: { id: customerId } }] });
  await relayed();
  await drain();
  await pass(49);
  await drain();
  const { rows, next } = await listJourneys(ctx, { customerId });
  expect(next).toBeNull();
  expect(rows).toMatchObject([
    {
      campaignId: id,
      campaignName: "Renewal drive",
      version: "v1",
      status: "inside",
      step: 3,
      wakesAt: expect.any(String),
      taken: [
        { step: 1, outcome: "waited" },
        { step: 2, outcome: "sent" },
      ],
      messages: [
        { step: 0, channel: "email", state: "delivered" },
        { step: 2, channel: "email", state: "delivered" },
      ],
    },
  ]);
  await db.owner`
    insert into automation_entries (campaign_id, customer_id, occurrence, workspace_id, run_number, seq, place, status, entered_at)
    select ${id}, ${customerId}, 'old ' || n, ${ctx.workspaceId}, ${runNumber}, 1000000 + n, 0, 'finished',
      clock_now() - n * interval '1 day' from generate_series(10, 24) n`;
  const first = await listJourneys(ctx, { customerId });
  const second = await listJourneys(ctx, { customerId, after: first.next });
  expect([first.rows.length, second.rows.length, second.next]).toEqual([10, 6, null]);
  expect(new Set([...first.rows, ...second.rows].map((row) => row.id)).size).toBe(16);
  const stranger = await makeMember(db.owner, await makeWorkspace(db.owner));
  await expect(listJourneys(stranger, { customerId })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
