import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { automated } from "@/server/automations/testing/arrange";
import { launchCampaign } from "@/server/campaigns/launch";
import { grantConsent, makeCampaign } from "@/server/campaigns/testing/arrange";
import type { ChannelAdapter } from "@/server/channels";
import { freezeRun } from "@/server/deliveries/freeze-run";
import { makeLaunchedCampaign } from "@/server/deliveries/testing/campaign";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import { ingestEvents } from "@/server/events/ingest";
import { Lanes } from "./lanes";

temporaryDataDir();
const db = await testDatabase();
let ctx: Awaited<ReturnType<typeof makeMember>>;
let people: string[];
let automation: string;
const running: Lanes[] = [];

beforeEach(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  people = await makeCustomers(db.owner, ctx.workspaceId, 4);
  await grantConsent(db.owner, ctx.workspaceId, people);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((lanes) => lanes.stop()));
});

async function launchAutomation(): Promise<number> {
  automation = await makeCampaign(db.owner, ctx, { schedule: automated([{ on: "event", name: "inquiry" }]) });
  return (await launchCampaign(ctx, { id: automation, version: 1 })).runNumber;
}
const happens = (nth: number) =>
  ingestEvents(ctx, { events: [{ name: "inquiry", customer: { id: people[nth] ?? "" } }] });

function start(through: (adapter: ChannelAdapter) => ChannelAdapter): Lanes {
  const lanes = new Lanes({ lanes: 1, microBatch: 100, leaseMs: 30_000, through });
  running.push(lanes);
  lanes.start();
  return lanes;
}
const campaignsInOrder = async () =>
  (
    await db.owner<{ campaign: string }[]>`
      select campaign_id as campaign from sandbox_messages where workspace_id = ${ctx.workspaceId} order by id`
  ).map(({ campaign }) => campaign);

test("what comes due while every lane is busy goes together into one batch", async () => {
  const runNumber = await launchAutomation();
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let busy = () => {};
  const begun = new Promise<void>((resolve) => {
    busy = resolve;
  });
  const lanes = start((adapter) => ({
    ...adapter,
    send: async (...args) => {
      busy();
      await gate;
      return adapter.send(...args);
    },
  }));
  await happens(0);
  lanes.wake();
  await begun;
  for (const nth of [1, 2, 3]) {
    await happens(nth);
    lanes.wake();
  }
  letGo();
  await vi.waitFor(async () => expect(await campaignsInOrder()).toHaveLength(4), { timeout: 20_000 });
  const batches = await db.owner<{ size: number }[]>`
    select size from execution_batches where run_number = ${runNumber} order by batch_number`;
  expect(batches.map(({ size }) => size)).toEqual([1, 3]);
});

test("what just came about does not pass by a batch that waits already", async () => {
  const waiting = await makeLaunchedCampaign(db.owner, ctx.workspaceId);
  await freezeRun(ctx, waiting);
  await launchAutomation();
  await happens(0);
  start((adapter) => adapter);
  await vi.waitFor(async () => expect(await campaignsInOrder()).toHaveLength(5), { timeout: 20_000 });
  expect(await campaignsInOrder()).toEqual([...Array(4).fill(waiting.campaignId), automation]);
});
