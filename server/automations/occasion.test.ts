import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Bodies } from "@/server/campaigns/content";
import { launchCampaign } from "@/server/campaigns/launch";
import type { Schedule } from "@/server/campaigns/schemas";
import { grantConsent, makeCampaign } from "@/server/campaigns/testing/arrange";
import { drain } from "@/server/deliveries/testing/drain";
import { ingestEvents } from "@/server/events/ingest";
import { newId } from "@/server/platform/ids";
import { lookAtDays } from "./look-at-days";
import { playThrough } from "./play";
import { automated } from "./testing/arrange";

const db = await testDatabase();
type Automated = Extract<Schedule, { kind: "automated" }>;
let ctx: Awaited<ReturnType<typeof makeMember>>;
let asha: string;

const words: Bodies = {
  email: {
    en: {
      subject: "{{product_name}} {{policy_number}} renews on {{renewal_date}}",
      preheader: "",
      body: "Dear {{customer_name}}, {{premium_amount}} for {{policy_number}}.",
    },
  },
};

beforeEach(async () => {
  await db.setClock("2026-12-01T00:00:00Z");
  const workspaceId = await makeWorkspace(db.owner);
  await db.owner`update workspaces set time_zone = 'Asia/Kolkata' where id = ${workspaceId}`;
  ctx = await makeMember(db.owner, workspaceId);
  [asha = ""] = await makeCustomers(db.owner, workspaceId, [{ name: "Asha", email: "asha@example.test" }]);
  await grantConsent(db.owner, workspaceId, [asha]);
  // What renews next is about another policy than what happens later.
  for (const [number, product, renewal] of [
    ["P-NEXT", "Motor", "2026-12-05"],
    ["P-LATER", "Health", "2026-12-20"],
  ] as const)
    await db.owner`insert into policies (id, workspace_id, customer_id, policy_number, policy_type, product_name, status,
      premium_micros, currency, payment_mode, renewal_date, grace_days) values (${newId()}, ${workspaceId}, ${asha}, ${number},
      'motor', ${product}, 'in_force', 5000000, 'INR', 'yearly', ${renewal}, 30)`;
});

async function makeAutomation(
  trigger: Parameters<typeof automated>[0][number],
  over: Partial<Automated> & { said?: Bodies } = {},
) {
  const { said: bodies = words, ...rest } = over;
  const schedule = automated([trigger], rest) as Automated;
  const id = await makeCampaign(db.owner, ctx, { schedule, bodies });
  const play = async (start?: string, occurrence?: string) => {
    const played = await playThrough(ctx, {
      ...{ campaignId: id, customerId: asha, schedule, bodies, category: "renewal_reminder" as const, start },
      ...{ occurrence },
      ...{
        channels: ["email" as const],
        languages: ["en"],
        fallbacks: {},
        audience: { kind: "all" as const },
      },
    });
    const first = played.moments.find(({ kind }) => kind === "message");
    if (first?.kind !== "message") throw new Error("nothing was said");
    const { occasion, occasions } = played;
    return { occasion, occasions, at: first.at, subject: first.said?.subject, said: first.said?.text };
  };
  return { id, play, launch: () => launchCampaign(ctx, { id, version: 1 }) };
}

const received = async () =>
  (
    await db.owner<{ subject: string; text: string }[]>`
      select subject, text from sandbox_messages where workspace_id = ${ctx.workspaceId} order by id`
  ).map(({ subject }) => subject);
const keys = async (id: string) =>
  (
    await db.owner<{ occurrence: string }[]>`
      select occurrence from automation_entries where campaign_id = ${id} order by entered_at, seq`
  ).map(({ occurrence }) => occurrence);

describe("what is played is about what the trigger would choose", () => {
  test("an event that names a policy: the message that was sent for it", async () => {
    const { id, play, launch } = await makeAutomation({ on: "event", name: "premium_bounced" });
    await launch();
    await ingestEvents(ctx, {
      events: [{ name: "premium_bounced", customer: { id: asha }, properties: { policy_number: "P-LATER" } }],
    });
    await drain();
    const played = await play();
    expect(await received()).toEqual(["Health P-LATER renews on 20 December 2026"]);
    expect([played.subject]).toEqual(await received());
    expect(played.said).toContain("for P-LATER");
    expect([played.occasion?.occurrence]).toEqual(await keys(id));
    expect(played.occasion).toMatchObject({ policyNumber: "P-LATER", productName: "Health", place: 0 });
  });

  test("a day's trigger: its next occurrence, at its own hour, and never one that it had already", async () => {
    const { id, play, launch } = await makeAutomation({ on: "renewal", days: 15 });
    const before = await play();
    expect(before).toMatchObject({
      at: "2026-12-05T05:00:00.000Z",
      subject: "Health P-LATER renews on 20 December 2026",
      occasion: { policyNumber: "P-LATER", aboutDate: "2026-12-20" },
    });
    // The hour may be chosen freely; what it is about stays that of the day.
    expect(await play("2026-12-05T23:10")).toMatchObject({
      at: "2026-12-05T17:40:00.000Z",
      occasion: { occurrence: before.occasion?.occurrence },
    });
    await launch();
    await db.setClock("2026-12-05T05:05:00Z");
    expect(await lookAtDays(ctx, { campaignId: id })).toBe(1);
    await drain();
    expect(await received()).toEqual([before.subject]);
    expect(await keys(id)).toEqual([before.occasion?.occurrence]);
    expect((await play()).occasion).toBeNull();
  });

  test("of several entries the one that was chosen, days in their order and events the latest first", async () => {
    const days = await makeAutomation({ on: "renewal", days: 3 });
    const { occasion, occasions } = await days.play();
    expect(occasions.map(({ policyNumber }) => policyNumber)).toEqual(["P-NEXT", "P-LATER"]);
    expect(occasion).toEqual(occasions[0]);
    expect(await days.play(undefined, occasions[1]?.occurrence)).toMatchObject({
      at: "2026-12-17T05:00:00.000Z",
      subject: "Health P-LATER renews on 20 December 2026",
      occasion: { policyNumber: "P-LATER" },
    });
    // One that is gone is not played: the first is.
    expect((await days.play(undefined, "gone")).occasion).toEqual(occasion);
    const events = await makeAutomation({ on: "event", name: "premium_bounced" });
    for (const [minute, policy] of ["P-NEXT", "P-LATER"].entries()) {
      await db.setClock(`2026-12-01T00:0${minute + 1}:00Z`);
      await ingestEvents(ctx, {
        events: [{ name: "premium_bounced", customer: { id: asha }, properties: { policy_number: policy } }],
      });
    }
    const heard = await events.play();
    expect(heard.occasions.map(({ policyNumber }) => policyNumber)).toEqual(["P-LATER", "P-NEXT"]);
    expect((await events.play(undefined, heard.occasions[1]?.occurrence)).subject).toBe(
      "Motor P-NEXT renews on 5 December 2026",
    );
  });

  test("nothing on record, or outside the trigger's segment: about nothing in particular", async () => {
    const [segment] = await db.owner<{ id: string }[]>`
      insert into segments (id, workspace_id, name, rule) values (gen_random_uuid(), ${ctx.workspaceId}, 'Gold',
        ${db.owner.json({ match: "all", of: [{ on: "customer", field: "tier", op: "one_of", value: ["gold"] }] })}) returning id`;
    await db.owner`update customers set tier = 'silver' where id = ${asha}`;
    const outside = await makeAutomation({ on: "renewal", days: 15, segments: [segment?.id ?? ""] });
    const unheard = await makeAutomation({ on: "event", name: "inquiry" });
    for (const { play } of [outside, unheard])
      expect(await play()).toMatchObject({
        occasion: null,
        subject: "Motor P-NEXT renews on 5 December 2026",
      });
  });
});

describe("a message about a day on which something falls due says that day, and the amount of that payment", () => {
  const said: Bodies = {
    email: {
      en: {
        subject: "{{premium_amount}} on {{due_date}}, then {{next_due_date}}",
        preheader: "",
        body: "{% if premium_amount > 2000 %}Much{% else %}Little{% endif %} for {{policy_number}}",
      },
    },
  };

  beforeEach(async () => {
    const [policy] = await db.owner<{ id: string }[]>`
      select id from policies where workspace_id = ${ctx.workspaceId} and policy_number = 'P-LATER'`;
    for (const [due, micros, status] of [
      ["2026-11-28", "1111000000", "overdue"],
      ["2026-12-08", "2222500000", "due"],
      ["2027-01-08", "3333000000", "due"],
    ] as const)
      await db.owner`insert into premium_payments (id, workspace_id, policy_id, customer_id, due_date, amount_micros, currency,
        status) values (${newId()}, ${ctx.workspaceId}, ${policy?.id ?? ""}, ${asha}, ${due}, ${micros}, 'INR', ${status})`;
  });

  test.each([
    [
      "the coming payment, though an older one is overdue",
      { on: "premium_due", days: 7 },
      "2026-12-01",
      {
        subject: "₹2,222.50 on 8 December 2026, then 8 January 2027",
        text: "Much for P-LATER",
      },
    ],
    [
      "the overdue payment",
      { on: "overdue", days: 3 },
      "2026-12-01",
      {
        subject: "₹1,111 on 28 November 2026, then 8 December 2026",
        text: "Little for P-LATER",
      },
    ],
    // No payment of that day is on record: the policy's premium.
    [
      "the renewal",
      { on: "renewal", days: 15 },
      "2026-12-05",
      {
        subject: "₹5 on 20 December 2026, then 8 January 2027",
        text: "Little for P-LATER",
      },
    ],
  ] as const)("%s", async (_, trigger, date, wanted) => {
    const { id, play, launch } = await makeAutomation(trigger, { said });
    const played = await play();
    await launch();
    await db.setClock(`${date}T05:05:00Z`);
    expect(await lookAtDays(ctx, { campaignId: id })).toBe(1);
    await drain();
    expect(await received()).toEqual([wanted.subject]);
    expect(played.subject).toBe(wanted.subject);
    expect(played.said).toContain(wanted.text);
  });

  test("an amount alone is that payment's too", async () => {
    const amount: Bodies = { email: { en: { subject: "{{premium_amount}}", preheader: "", body: "Hello" } } };
    const { id, launch } = await makeAutomation({ on: "premium_due", days: 7 }, { said: amount });
    await launch();
    await db.setClock("2026-12-01T05:05:00Z");
    expect(await lookAtDays(ctx, { campaignId: id })).toBe(1);
    await drain();
    expect(await received()).toEqual(["₹2,222.50"]);
  });
});
