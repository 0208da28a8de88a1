import { beforeEach, expect, test } from "vitest";
import type { z } from "zod";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Bodies } from "@/server/campaigns/content";
import { launchCampaign } from "@/server/campaigns/launch";
import { previewCampaign } from "@/server/campaigns/preview";
import type { Schedule } from "@/server/campaigns/schemas";
import { grantConsent, makeCampaign } from "@/server/campaigns/testing/arrange";
import { drain } from "@/server/deliveries/testing/drain";
import { ingestEvents } from "@/server/events/ingest";
import { newId } from "@/server/platform/ids";
import { lookAtDays } from "./look-at-days";
import { playThrough } from "./play";
import { listedTypes, triggerSchema } from "./schemas";
import { automated } from "./testing/arrange";

const db = await testDatabase();
let ctx: Awaited<ReturnType<typeof makeMember>>;
let asha: string;
let ravi: string;

beforeEach(async () => {
  await db.setClock("2026-12-01T00:00:00Z");
  const workspaceId = await makeWorkspace(db.owner);
  await db.owner`update workspaces set time_zone = 'Asia/Kolkata' where id = ${workspaceId}`;
  ctx = await makeMember(db.owner, workspaceId);
  [asha = "", ravi = ""] = await makeCustomers(db.owner, workspaceId, [
    { name: "Asha", email: "asha@example.test", language: "en" },
    { name: "Ravi", email: "ravi@example.test", language: "hi" },
  ]);
  await grantConsent(db.owner, workspaceId, [asha, ravi]);
});

type Seed = Partial<{
  type: string;
  status: string;
  renewal: string;
  grace: number;
  due: string;
  amount: number;
  paid: boolean;
}>;

/** A policy of 5 rupees, and a payment of it where a day is given. */
async function makePolicy(customerId: string, number: string, seed: Seed): Promise<void> {
  const id = newId();
  const { type = "motor", status = "in_force", renewal = null, grace = 30, due, amount = 0, paid } = seed;
  await db.owner`insert into policies (id, workspace_id, customer_id, policy_number, policy_type, product_name, status,
    premium_micros, currency, payment_mode, renewal_date, grace_days) values (${id}, ${ctx.workspaceId}, ${customerId}, ${number},
    ${type}, 'Motor', ${status}, 5000000, 'INR', 'yearly', ${renewal}, ${grace})`;
  if (due)
    await db.owner`insert into premium_payments (id, workspace_id, policy_id, customer_id, due_date, amount_micros, currency, status)
      values (${newId()}, ${ctx.workspaceId}, ${id}, ${customerId}, ${due}, ${amount * 1_000_000}, 'INR', ${paid ? "paid" : "due"})`;
}

const subject = "{{policies_due}}";
const bodies: Bodies = {
  email: { en: { subject, preheader: "", body: "Hello" }, hi: { subject, preheader: "", body: "Hello" } },
};

async function automation(...triggers: Parameters<typeof automated>[0]) {
  const schedule = automated(triggers, { eachPolicy: false }) as Extract<Schedule, { kind: "automated" }>;
  const content = { schedule, bodies, channels: ["email" as const], languages: ["en", "hi"] };
  const id = await makeCampaign(db.owner, ctx, content);
  const played = async () => {
    const { moments } = await playThrough(ctx, {
      ...{ ...content, campaignId: id, customerId: asha, category: "renewal_reminder" },
      ...{ fallbacks: {}, audience: { kind: "all" } },
    });
    const first = moments.find(({ kind }) => kind === "message");
    return first?.kind === "message" ? first.said?.subject : undefined;
  };
  const previewed = async () => {
    const { message } = await previewCampaign(ctx, {
      ...{ ...content, category: "renewal_reminder", customerId: asha, language: "en" },
      ...{ fallbacks: {}, audience: { kind: "all" }, policyTypes: listedTypes(schedule.triggers) },
    });
    return message?.ok && message.content.channel === "email" ? message.content.subject : undefined;
  };
  return { id, played, previewed, launch: () => launchCampaign(ctx, { id, version: 1 }) };
}

const received = async () =>
  (
    await db.owner<{ name: string; subject: string }[]>`
      select c.name, m.subject from sandbox_messages m join customers c on c.id = m.customer_id
      where m.workspace_id = ${ctx.workspaceId} order by c.name`
  ).map(({ name, subject: text }) => `${name}: ${text}`);

test("one message lists every policy that the trigger names on that day, and of one policy that one", async () => {
  const due = "2026-12-08";
  await makePolicy(asha, "PA-1042", { due, amount: 12_000 });
  await makePolicy(asha, "PA-1099", { due, amount: 8_500.5 });
  await makePolicy(asha, "PA-2001 of another day", { due: "2026-12-09", amount: 1 });
  await makePolicy(asha, "PA-2002 renews that day, no payment", { renewal: due });
  await makePolicy(asha, "PA-2003 paid", { due, amount: 1, paid: true });
  await makePolicy(asha, "PA-2004 given up", { due, amount: 1, status: "surrendered" });
  await makePolicy(asha, "PA-2005 of another type", { due, amount: 1, type: "health" });
  await makePolicy(asha, "PA-2006 told as paid", { due, amount: 1 });
  await makePolicy(ravi, "PB-1", { due, amount: 700 });
  await ingestEvents(ctx, {
    events: [
      {
        name: "payment_received",
        customer: { id: asha },
        properties: { policy_number: "PA-2006 told as paid" },
      },
    ],
  });
  const { id, played, launch } = await automation({ on: "premium_due", days: 7, policyTypes: ["motor"] });
  await launch();
  await db.setClock("2026-12-01T04:00:00Z");
  const wouldSay = await played();
  await db.setClock("2026-12-01T05:05:00Z");
  expect(await lookAtDays(ctx, { campaignId: id })).toBe(2);
  await drain();
  const list = "PA-1042 ₹12,000 (8 December 2026); PA-1099 ₹8,500.50 (8 December 2026)";
  // The policy that the message is about comes first: the one whose id is lower, which was made first.
  expect(await received()).toEqual([`Asha: ${list}`, "Ravi: PB-1 ₹700 (8 दिसंबर 2026)"]);
  expect(wouldSay).toBe(list);
});

test("where the grace decides the day, policies of other dates that end on it are listed with their own", async () => {
  await makePolicy(asha, "PA-1", { renewal: "2026-11-15", grace: 16, status: "in_grace" });
  await makePolicy(asha, "PA-2", { renewal: "2026-11-01", grace: 30, status: "in_grace" });
  await makePolicy(asha, "PA-3", { renewal: "2026-11-15", grace: 30, status: "in_grace" });
  const { id, launch } = await automation({ on: "grace_ends" });
  await launch();
  await db.setClock("2026-12-01T05:05:00Z");
  expect(await lookAtDays(ctx, { campaignId: id })).toBe(1);
  await drain();
  expect(await received()).toEqual(["Asha: PA-1 ₹5 (15 November 2026); PA-2 ₹5 (1 November 2026)"]);
});

test("only triggers of a due day say of which types the list is; the preview lists the same", async () => {
  const due = "2026-12-08";
  await makePolicy(asha, "PA-1", { due, amount: 700, renewal: due });
  await makePolicy(asha, "PA-2", { due, amount: 900, type: "health" });
  await makePolicy(asha, "PA-3", { due, amount: 1_100 });
  const { id, played, previewed, launch } = await automation(
    { on: "premium_due", days: 7, policyTypes: ["motor"] },
    { on: "birthday" },
    { on: "event", name: "quote_requested", policyTypes: ["travel"] },
  );
  await launch();
  await db.setClock("2026-12-01T04:00:00Z");
  const wouldSay = [await played(), await previewed()];
  await db.setClock("2026-12-01T05:05:00Z");
  expect(await lookAtDays(ctx, { campaignId: id })).toBe(1);
  await drain();
  const list = "PA-1 ₹700 (8 December 2026); PA-3 ₹1,100 (8 December 2026)";
  expect(await received()).toEqual([`Asha: ${list}`]);
  expect(wouldSay).toEqual([list, list]);
});

test("a list of every type is one of which a trigger of a due day asks for every type, or no trigger of one asks for any", () => {
  const typesOf = (...triggers: z.input<typeof triggerSchema>[]) =>
    listedTypes(triggers.map((trigger) => triggerSchema.parse(trigger)));
  const due = { on: "renewal", days: 7 } as const;
  const motor = ["motor"];
  expect(typesOf(due, { ...due, policyTypes: motor })).toEqual([]);
  expect(typesOf({ on: "birthday" }, { on: "grace_ends", policyTypes: motor })).toEqual(motor);
  expect(typesOf({ on: "event", name: "quote_requested", policyTypes: motor })).toEqual(motor);
  expect(listedTypes([])).toEqual([]);
});
