import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { cancelCampaign } from "@/server/campaigns/cancel";
import { launchCampaign } from "@/server/campaigns/launch";
import { pauseCampaign } from "@/server/campaigns/pause";
import { preflightCampaign } from "@/server/campaigns/preflight";
import { publishCampaign } from "@/server/campaigns/publish";
import { reviseCampaign } from "@/server/campaigns/revise";
import { makeCampaign } from "@/server/campaigns/testing/arrange";
import { ingestEvents } from "@/server/events/ingest";
import { recomputeMembership } from "@/server/segments";
import { createSegment } from "@/server/segments/create";
import { deleteSegment } from "@/server/segments/delete";
import { getSegment } from "@/server/segments/get";
import { listSegments } from "@/server/segments/list";
import { updateSegment } from "@/server/segments/update";
import { automated } from "./testing/arrange";

const db = await testDatabase();
let ctx: Awaited<ReturnType<typeof makeMember>>;
let customer: string;

beforeEach(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  [customer = ""] = await makeCustomers(db.owner, ctx.workspaceId, [{ tier: "gold" }]);
});

const newSegment = (name: string) =>
  createSegment(ctx, {
    name,
    rule: { match: "all", of: [{ on: "customer", field: "tier", op: "one_of", value: ["gold"] }] },
  });

type Made = Parameters<typeof automated>;
const draft = (triggers: Made[0], over: Made[1] = {}) =>
  makeCampaign(db.owner, ctx, { name: "Welcome", schedule: automated(triggers, over) });
const onEvent = { on: "event" as const, name: "inquiry" };
const steps = (segment: string): Made[1] => ({
  steps: [
    { do: "wait", amount: 1, unit: "days" },
    { do: "check", holds: "in_segment", segment, otherwise: "leave" },
  ],
});

const stored = async (id: string) =>
  (
    await db.owner`
      select s.tracked, count(m.customer_id)::int as members from segments s
      left join segment_members m on m.segment_id = s.id where s.id = ${id} group by s.id`
  )[0];

test("a segment that an automation listens to stays tracked until nothing listens any more", async () => {
  const { id } = await newSegment("Gold");
  const campaign = await draft([{ on: "segment", segment: id, change: "entered" }]);
  expect((await getSegment(ctx, { id })).whyTracked).toBeNull();
  await launchCampaign(ctx, { id: campaign, version: 1 });
  await recomputeMembership(ctx, { segmentId: id, cause: "rule" });
  const off = () => updateSegment(ctx, { id, version: 1, changes: { tracked: false } });
  const why = "Whoever enters or leaves “Gold” may start the campaign “Welcome”";
  const listened = {
    code: "CONFLICT",
    details: { code: "listened_to" },
    message: expect.stringContaining(why),
  };
  await expect(off()).rejects.toMatchObject(listened);
  await pauseCampaign(ctx, { id: campaign });
  await expect(off()).rejects.toMatchObject(listened);
  expect(await stored(id)).toEqual({ tracked: true, members: 1 });
  expect((await getSegment(ctx, { id })).whyTracked).toContain(why);
  await updateSegment(ctx, { id, version: 1, changes: { name: "Golden" } });
  await cancelCampaign(ctx, { id: campaign });
  expect((await getSegment(ctx, { id })).whyTracked).toBeNull();
  await updateSegment(ctx, { id, version: 2, changes: { tracked: false } });
  expect(await stored(id)).toEqual({ tracked: false, members: 0 });
});

test("whoever switches tracking off while an automation begins to listen does not make it deaf", async () => {
  const { id } = await newSegment("Gold");
  await updateSegment(ctx, { id, version: 1, changes: { tracked: true } });
  const campaign = await draft([{ on: "segment", segment: id, change: "left" }]);
  const waiting = async () =>
    (
      await db.owner`select from pg_locks where not granted
        and pid in (select pid from pg_stat_activity where datname = current_database())`
    ).length;
  const { off, launch } = await db.owner.begin(async (tx) => {
    await tx`select from segments where id = ${id} for update`;
    // It has seen that nothing listens, and waits before it writes.
    const off = updateSegment(ctx, { id, version: 2, changes: { tracked: false } });
    await expect.poll(waiting, { timeout: 20_000 }).toBe(1);
    let launched = false;
    const launch = launchCampaign(ctx, { id: campaign, version: 1 }).finally(() => {
      launched = true;
    });
    await expect.poll(async () => launched || (await waiting()) === 2, { timeout: 20_000 }).toBe(true);
    return { off, launch };
  });
  await Promise.all([off, launch]);
  expect(await stored(id)).toMatchObject({ tracked: true });
});

const naming: [string, (segment: string) => Promise<string>][] = [
  ["trigger", (segment) => draft([{ on: "segment", segment, change: "entered" }])],
  ["trigger's narrowing", (segment) => draft([{ ...onEvent, segments: [segment] }])],
  ["step", (segment) => draft([onEvent], steps(segment))],
];

test.each(naming)("a segment that a %s names is shown as used, and not deleted", async (_, automation) => {
  const { id } = await newSegment("Gold");
  const campaign = await automation(id);
  const refused = { code: "CONFLICT", message: expect.stringContaining("the campaign “Welcome”") };
  await expect(deleteSegment(ctx, { id })).rejects.toMatchObject(refused);
  await launchCampaign(ctx, { id: campaign, version: 1 });
  await expect(deleteSegment(ctx, { id })).rejects.toMatchObject(refused);
  expect((await getSegment(ctx, { id })).usedBy).toMatchObject([{ kind: "campaign", id: campaign }]);
  expect((await listSegments(ctx, {})).rows.map(({ uses }) => uses)).toEqual([1]);
  await cancelCampaign(ctx, { id: campaign });
  await deleteSegment(ctx, { id });
});

test.each(naming)(
  "an automation whose %s names a segment that is gone is not launched",
  async (where, automation) => {
    const { id } = await newSegment("Gold");
    await deleteSegment(ctx, { id });
    const campaign = await automation(id);
    const message = `${where === "step" ? "Step 2" : "Trigger 1"}: its segment does not exist any more. Take it out, or choose another one.`;
    const { problems } = await preflightCampaign(ctx, { id: campaign });
    expect(problems).toEqual([{ tab: "schedule", field: "schedule", message }]);
    await expect(launchCampaign(ctx, { id: campaign, version: 1 })).rejects.toMatchObject({
      code: "BAD_INPUT",
      message,
    });
  },
);

test("a segment that a step of an earlier version names is kept while somebody is inside that version", async () => {
  const { id } = await newSegment("Gold");
  const campaign = await draft([onEvent], steps(id));
  const { runNumber } = await launchCampaign(ctx, { id: campaign, version: 1 });
  await ingestEvents(ctx, { events: [{ name: "inquiry", customer: { id: customer } }] });
  const changes = await reviseCampaign(ctx, { id: campaign });
  await db.owner`
    update campaigns set schedule = jsonb_set(schedule, '{steps}', '[]') where id = ${changes.id}`;
  await publishCampaign(ctx, { id: changes.id, version: 1 });
  await expect(deleteSegment(ctx, { id })).rejects.toMatchObject({
    message: expect.stringContaining("the campaign “Welcome”"),
  });
  const uses = async () => (await listSegments(ctx, {})).rows.map((line) => line.uses);
  expect(await uses()).toEqual([1]);
  // As when the last one leaves.
  await db.owner`update campaign_runs set live = false where number = ${runNumber}`;
  expect(await uses()).toEqual([0]);
  await deleteSegment(ctx, { id });
});
