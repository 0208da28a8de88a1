import { Temporal } from "temporal-polyfill";
import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { launchCampaign } from "@/server/campaigns/launch";
import { pauseCampaign } from "@/server/campaigns/pause";
import { resumeCampaign } from "@/server/campaigns/resume";
import type { automatedSchema } from "@/server/campaigns/schemas";
import { grantConsent, makeCampaign } from "@/server/campaigns/testing/arrange";
import { fallsDue } from "@/server/deliveries/due-day";
import { drain } from "@/server/deliveries/testing/drain";
import { ingestEvents } from "@/server/events/ingest";
import { newId } from "@/server/platform/ids";
import { readCandidates } from "./candidates";
import { dateCandidates } from "./date-candidates";
import { dueDays } from "./due-days";
import { lookAtDays } from "./look-at-days";
import { previewEntries } from "./preview";
import { type Trigger, triggerSchema } from "./schemas";
import { automated } from "./testing/arrange";

const db = await testDatabase();
type Admin = Awaited<ReturnType<typeof makeMember>>;
let ctx: Admin;

beforeEach(async () => {
  await db.setClock("2026-12-01T00:00:00Z");
  const workspaceId = await makeWorkspace(db.owner);
  await db.owner`update workspaces set time_zone = 'Asia/Kolkata' where id = ${workspaceId}`;
  ctx = await makeMember(db.owner, workspaceId);
});

type PolicySeed = Partial<{
  number: string;
  status: string;
  renewal: string;
  start: string;
  grace: number;
  mode: string;
}>;

async function makePolicy(customerId: string, seed: PolicySeed = {}): Promise<string> {
  const id = newId();
  await db.owner`insert into policies (id, workspace_id, customer_id, policy_number, policy_type, product_name, status, premium_micros,
    currency, payment_mode, start_date, renewal_date, grace_days)
    values (${id}, ${ctx.workspaceId}, ${customerId}, ${seed.number ?? id}, 'motor', 'Motor', ${seed.status ?? "in_force"}, 5000000,
      'INR', ${seed.mode ?? "yearly"}, ${seed.start ?? null}, ${seed.renewal ?? null}, ${seed.grace ?? 30})`;
  return id;
}

const day = (text: string) => Temporal.PlainDate.from(text);
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
/** The same day of another year, written here without the database: 29 February is 28 February in ordinary years. */
const inYear = (date: string, year: number) =>
  date.endsWith("-02-29") && !isLeap(year) ? `${year}-02-28` : `${year}${date.slice(4)}`;

test("each date trigger fires on its local day and on no other, over four years and six zones", async () => {
  const zones = [
    "Asia/Kolkata",
    "America/New_York",
    "Pacific/Kiritimati",
    "Asia/Kathmandu",
    "Not/AZone",
    null,
  ];
  const dates = [
    "2024-02-29",
    "2026-12-31",
    "2027-02-28",
    "2028-02-29",
    "2029-03-01",
    "2027-06-15",
    "2030-01-01",
  ];
  const ids = await makeCustomers(
    db.owner,
    ctx.workspaceId,
    dates.flatMap(() => zones).map(() => ({})),
  );
  const rows = ids.map((id, nth) => ({
    id,
    zone: zones[nth % zones.length] ?? null,
    date: dates[Math.floor(nth / zones.length)] ?? "",
    grace: [0, 15, 30][nth % 3] ?? 0,
    status: nth % 5 === 0 ? "lapsed" : "in_force",
    policy: "",
  }));
  for (const row of rows) {
    await db.owner`update customers set time_zone = ${row.zone}, birth_date = ${inYear(row.date, 1992)} where id = ${row.id}`;
    row.policy = await makePolicy(row.id, {
      renewal: row.date,
      start: inYear(row.date, 2020),
      grace: row.grace,
      status: row.status,
    });
    await db.owner`insert into premium_payments (id, workspace_id, policy_id, customer_id, due_date, amount_micros, currency, status)
      values (${newId()}, ${ctx.workspaceId}, ${row.policy}, ${row.id}, ${row.date}, 1, 'INR', 'due')`;
  }
  type Row = (typeof rows)[number];
  const live = ({ status }: Row) => status === "in_force";
  const plus = (row: Row, days: number) => day(row.date).add({ days }).toString();
  const yearly = (date: string) => [2026, 2027, 2028, 2029, 2030].map((year) => inYear(date, year));
  const meant: [object, (row: Row) => string[]][] = [
    [{ on: "renewal", days: 30 }, (row) => (live(row) ? [plus(row, -30)] : [])],
    [{ on: "renewal", days: 0 }, (row) => (live(row) ? [row.date] : [])],
    [{ on: "premium_due", days: 7 }, (row) => (live(row) ? [plus(row, -7)] : [])],
    [{ on: "overdue", days: 3 }, (row) => [plus(row, 3)]],
    [{ on: "grace" }, (row) => (live(row) && row.grace > 0 ? [plus(row, 1)] : [])],
    [{ on: "grace_ends" }, (row) => (live(row) && row.grace > 0 ? [plus(row, row.grace)] : [])],
    [{ on: "lapsed", days: 5 }, (row) => (live(row) ? [] : [plus(row, row.grace + 5)])],
    [{ on: "birthday" }, (row) => yearly(inYear(row.date, 1992))],
    [{ on: "anniversary" }, (row) => (live(row) ? yearly(inYear(row.date, 2020)) : [])],
  ];
  const keys = zones.map((zone) => ({
    key: zone ?? "",
    zone: zone === null || zone === "Not/AZone" ? "Asia/Kolkata" : zone,
  }));
  const since = new Date("2026-11-30T00:00:00Z");
  const until = new Date("2030-11-30T00:00:00Z");
  const days = dueDays(keys, { time: "10:30", since, until });
  for (const [input, expected] of meant) {
    const trigger: Trigger = triggerSchema.parse(input);
    const found = await withTransaction(ctx, (tx) =>
      readCandidates(
        tx,
        [dateCandidates(ctx, { place: 0, trigger }, days)].filter((each) => each !== null),
      ),
    );
    const wanted = rows.flatMap((row) =>
      expected(row).flatMap((date) => {
        const { zone = "" } = keys.find(({ key }) => key === (row.zone ?? "")) ?? {};
        const at = day(date).toZonedDateTime({ timeZone: zone, plainTime: "10:30" });
        const instant = new Date(at.epochMilliseconds);
        return instant > since && instant <= until ? [`${row.id} ${instant.toISOString()}`] : [];
      }),
    );
    expect(found.map(({ customerId, at }) => `${customerId} ${at}`).sort(), JSON.stringify(input)).toEqual(
      wanted.sort(),
    );
    // What falls due is said with its day; a birthday or an anniversary is nobody's due date.
    const falls = !["birthday", "anniversary"].includes(trigger.on);
    expect(
      found.map(({ occurrence }) => fallsDue(occurrence)?.day ?? null),
      JSON.stringify(input),
    ).toEqual(found.map(({ aboutDate }) => (falls ? aboutDate : null)));
    expect(new Set(found.map(({ occurrence, customerId }) => `${customerId} ${occurrence}`)).size).toBe(
      found.length,
    );
  }
});

const launch = async (
  triggers: Parameters<typeof automated>[0],
  over: Parameters<typeof automated>[1] = {},
) => {
  const id = await makeCampaign(db.owner, ctx, { schedule: automated(triggers, over) });
  await launchCampaign(ctx, { id, version: 1 });
  return id;
};
const subjects = async (campaignId: string) =>
  (
    await db.owner<{ at: Date; occurrence: string }[]>`
      select occurrence, entered_at as at from automation_entries where campaign_id = ${campaignId} order by entered_at, seq`
  ).map(
    ({ at, occurrence }) => `${at.toISOString().slice(0, 16)} ${occurrence.split("/").slice(1).join("/")}`,
  );

/** Looks as the product does, every quarter of an hour, from one instant to another. */
async function pass(campaignId: string, from: string, to: string, everyMinutes = 15): Promise<void> {
  for (let at = Date.parse(from); at <= Date.parse(to); at += everyMinutes * 60_000) {
    await db.setClock(new Date(at).toISOString());
    await lookAtDays(ctx, { campaignId });
  }
}

test("reminders 30, 15, 7 and 1 days before a renewal stop when it is paid; two policies are two messages", async () => {
  const [one = "", two = ""] = await makeCustomers(db.owner, ctx.workspaceId, [{}, {}]);
  await grantConsent(db.owner, ctx.workspaceId, [one, two]);
  await makePolicy(one, { number: "P-1", renewal: "2027-01-10" });
  await makePolicy(one, { number: "P-2", renewal: "2027-01-10" });
  await makePolicy(two, { number: "P-3", renewal: "2027-01-10" });
  const reminders = [30, 15, 7, 1].map((days) => ({ on: "renewal" as const, days }));
  const id = await launch(reminders);
  const preview = automated(reminders) as ReturnType<(typeof automatedSchema)["parse"]>;
  await pass(id, "2026-12-10T05:00:00Z", "2026-12-26T05:00:00Z", 1440);
  await db.setClock("2026-12-26T23:45:00Z");
  expect((await subjects(id)).filter((each) => each.includes("renewal-30"))).toEqual(
    Array(3).fill("2026-12-11T05:00 renewal-30/2027-01-10"),
  );
  const pays = (customer: string, policy: string) =>
    ingestEvents(ctx, {
      events: [
        { name: "payment_received", customer: { id: customer }, properties: { policy_number: policy } },
      ],
    });
  await pays(one, "P-1");
  await db.owner`update premium_payments set status = 'paid'`;
  await pass(id, "2026-12-27T05:00:00Z", "2027-01-10T05:00:00Z", 1440);
  const later = (await subjects(id)).slice(3);
  // Two on day 15, before the payment of P-1, are three; afterwards two remain.
  expect(later).toEqual([
    ...Array(3).fill("2026-12-26T05:00 renewal-15/2027-01-10"),
    ...Array(2).fill("2027-01-03T05:00 renewal-7/2027-01-10"),
    ...Array(2).fill("2027-01-09T05:00 renewal-1/2027-01-10"),
  ]);
  await drain();
  const sent = await db.owner`select 1 from sandbox_messages where workspace_id = ${ctx.workspaceId}`;
  expect(sent.length).toBeGreaterThan(0);
  // The look back over the same days, by the same statements, finds the same.
  await db.setClock("2027-01-09T23:00:00Z");
  const seen = await previewEntries(ctx, {
    ...{ schedule: preview, audience: { kind: "all" }, category: "renewal_reminder", channels: ["email"] },
  });
  expect(seen.byTrigger).toEqual([3, 3, 2, 2]);
});

test("a pause and a long stop are not made up for, a short one is; once for ever is once", async () => {
  const [one = ""] = await makeCustomers(db.owner, ctx.workspaceId, [{}]);
  await db.owner`update customers set birth_date = '1990-12-05' where id = ${one}`;
  const premiums = await makePolicy(one, { renewal: "2027-06-01" });
  for (const due of ["2026-12-03", "2026-12-05", "2026-12-07", "2026-12-12"])
    await db.owner`insert into premium_payments (id, workspace_id, policy_id, customer_id, due_date, amount_micros, currency, status)
      values (${newId()}, ${ctx.workspaceId}, ${premiums}, ${one}, ${due}, 1, 'INR', 'due')`;
  const id = await launch([{ on: "premium_due", days: 0 }]);
  const once = await launch([{ on: "premium_due", days: 0 }], { againHours: null });
  await pass(id, "2026-12-02T04:45:00Z", "2026-12-02T05:15:00Z");
  // Off from 2 December to the evening of the 3rd: the 3rd is made up for.
  await pass(id, "2026-12-03T18:00:00Z", "2026-12-03T18:00:00Z");
  expect(await subjects(id)).toEqual(["2026-12-03T18:00 premium-0/2026-12-03"]);
  await pauseCampaign(ctx, { id });
  await db.setClock("2026-12-05T06:00:00Z");
  await lookAtDays(ctx, { campaignId: id });
  await resumeCampaign(ctx, { id });
  await lookAtDays(ctx, { campaignId: id });
  // Off from the 5th to the 10th: the 7th is skipped, and so are the days around it.
  await pass(id, "2026-12-10T07:00:00Z", "2026-12-10T07:00:00Z");
  await pass(id, "2026-12-12T02:00:00Z", "2026-12-12T08:00:00Z", 180);
  expect((await subjects(id)).slice(1)).toEqual(["2026-12-12T05:00 premium-0/2026-12-12"]);
  const [row] = await db.owner`select skipped_days from automations where campaign_id = ${id}`;
  expect(row).toEqual({ skipped_days: 4 });
  await pass(once, "2026-12-12T02:00:00Z", "2026-12-12T08:00:00Z", 180);
  expect(await subjects(once)).toHaveLength(1);
});

test("nothing heard for 30 days: on the thirtieth day after the last sign of life", async () => {
  const [quiet = "", heard = "", fresh = ""] = await makeCustomers(db.owner, ctx.workspaceId, [{}, {}, {}]);
  await db.owner`update customers set created_at = '2026-01-01' where id in ${db.owner([quiet, heard])}`;
  const visit = (who: string) =>
    ingestEvents(ctx, { events: [{ name: "website_visit", customer: { id: who } }] });
  await db.setClock("2026-12-03T20:00:00Z");
  await visit(quiet);
  await visit(heard);
  await db.owner`update customers set created_at = '2026-12-04T00:00:00Z' where id = ${fresh}`;
  const id = await launch([{ on: "inactive", days: 30 }]);
  await db.setClock("2026-12-20T08:00:00Z");
  await visit(heard);
  await db.owner`update automations set looked_until = clock_now()`;
  await pass(id, "2026-12-21T06:00:00Z", "2027-01-06T06:00:00Z", 1440);
  const rows = await db.owner<{ who: string; at: string }[]>`
    select customer_id as who, occurrence as at from automation_entries where campaign_id = ${id} order by customer_id`;
  // 3 December, 20:00 UTC, is the 4th in Kolkata.
  expect(rows.map(({ who, at }) => [who, at])).toEqual(
    [quiet, fresh].sort().map((who) => [who, "inactive-30/2027-01-03"]),
  );
});
