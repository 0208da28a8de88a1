import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { automated } from "@/server/automations/testing/arrange";
import { launchCampaign } from "@/server/campaigns/launch";
import { pauseCampaign } from "@/server/campaigns/pause";
import { grantConsent, makeCampaign } from "@/server/campaigns/testing/arrange";
import { ingestEvents } from "@/server/events/ingest";
import { keptCircumstances } from "./kept-circumstances";
import { advanceBatch } from "./lease";
import { leaseBatch, leaseFresh } from "./lease-batch";
import { thisOwner } from "./owner";
import { type FreshBatch, sealDue } from "./seal-due";
import { temporaryDataDir } from "./testing/data-dir";

temporaryDataDir();
const db = await testDatabase();
let ctx: Awaited<ReturnType<typeof makeMember>>;
let campaign: { id: string; runNumber: number };

const strangerOwner = "other-host:other-boot:1:1:1";
const taker = { owner: strangerOwner, leaseMs: 30_000, most: 4 };

/** Three customers to whom it just happened. */
beforeEach(async () => {
  await db.moveClock("0");
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  const people = await makeCustomers(db.owner, ctx.workspaceId, 3);
  await grantConsent(db.owner, ctx.workspaceId, people);
  const id = await makeCampaign(db.owner, ctx, { schedule: automated([{ on: "event", name: "inquiry" }]) });
  campaign = { id, ...(await launchCampaign(ctx, { id, version: 1 })) };
  await ingestEvents(ctx, { events: people.map((each) => ({ name: "inquiry", customer: { id: each } })) });
});

const leaseAs = (key: FreshBatch, owner: string) =>
  leaseBatch(key, { owner, leaseMs: 30_000, holds: () => true });

async function only(batches: FreshBatch[]): Promise<FreshBatch> {
  const [batch] = batches;
  if (!batch || batches.length > 1) throw new Error(`${batches.length} batches`);
  return batch;
}

const fresh = async (batch: FreshBatch) =>
  leaseFresh(batch, { ...taker, circumstances: await keptCircumstances(batch) });

test("a batch that is taken when it is sealed is nobody else's until its lease ends, and then whole", async () => {
  const { sealed, taken } = await sealDue(ctx, campaign, taker);
  const batch = await only(taken);
  expect({ sealed, size: batch.size, kind: batch.kind, members: batch.seqs?.length }).toEqual({
    ...{ sealed: 3, size: 3, kind: "pending", members: 3 },
  });
  expect(await leaseAs(batch, thisOwner)).toBeNull();
  await db.moveClock("31 seconds");
  const next = await leaseAs(batch, thisOwner);
  expect(next).toMatchObject({ cursor: 0, again: [], generation: batch.generation + 1, seqs: batch.seqs });
  // Whoever had it can say nothing about it any more.
  expect(await advanceBatch(await fresh(batch), { rows: [], to: 3, recorded: 0 })).toBeNull();
});

test("a batch that a crash of the database took away and that is sealed again is another lease under the same number", async () => {
  const lost = await only((await sealDue(ctx, campaign, taker)).taken);
  const before = await fresh(lost);
  // As recovery leaves it: the batch was never there, and its members are due.
  await db.owner`delete from execution_batches where run_number = ${campaign.runNumber}`;
  await db.owner`
    insert into executions_due (part, run_number, workspace_id, seq, state, not_before, attempts)
    select part, run_number, workspace_id, seq, 'pending', clock_now(), 0 from executions where run_number = ${campaign.runNumber}`;
  const again = await only((await sealDue(ctx, campaign, taker)).taken);
  expect(again.batchNumber).toBe(lost.batchNumber);
  expect(await advanceBatch(before, { rows: [], to: 3, recorded: 0 })).toBeNull();
  const now = await fresh(again);
  expect(await advanceBatch(now, { rows: [], to: 3, recorded: 0 })).toMatchObject({ cursor: 3, go: true });
  expect(await advanceBatch(before, { rows: [], to: 3, recorded: 0 })).toBeNull();
});

test("what carries it is written down with the first intent, so that whoever takes it over can ask it again", async () => {
  const batch = await only((await sealDue(ctx, campaign, taker)).taken);
  const lease = await fresh(batch);
  expect(await advanceBatch(lease, { rows: [], to: 3, recorded: 0 })).toMatchObject({ cursor: 3, go: true });
  await db.moveClock("31 seconds");
  // The sandbox drops repeats: nobody's outcome is unknown.
  expect((await leaseAs(batch, thisOwner))?.again).toEqual(batch.seqs);
});

test("its first step asks whether anything may go, whatever was read a moment ago", async () => {
  const batch = await only((await sealDue(ctx, campaign, taker)).taken);
  const lease = await fresh(batch);
  await pauseCampaign(ctx, { id: campaign.id });
  expect(await advanceBatch(lease, { rows: [], to: 3, recorded: 0 })).toMatchObject({ cursor: 0, go: false });
});

test("no more are taken than asked for; the others are for whoever comes", async () => {
  await db.owner`update executions_due set state = 'held' where seq = (select max(seq) from executions_due)
    and run_number = ${campaign.runNumber}`;
  const { sealed, taken } = await sealDue(ctx, campaign, { ...taker, most: 1 });
  expect({ sealed, taken: taken.length }).toEqual({ sealed: 3, taken: 1 });
  const open = await db.owner<{ batch_number: number; lease_owner: string | null }[]>`
    select batch_number, lease_owner from execution_batches where run_number = ${campaign.runNumber} order by 1`;
  expect(open.map(({ lease_owner }) => lease_owner)).toEqual([strangerOwner, null]);
  const other = { ...(await only(taken)), batchNumber: 2 };
  expect(await leaseAs(other, thisOwner)).toMatchObject({ generation: 1, size: expect.any(Number) });
});

test("without a taker everything waits for a lane, and nothing is sealed of a paused campaign", async () => {
  await pauseCampaign(ctx, { id: campaign.id });
  expect(await sealDue(ctx, campaign, taker)).toEqual({ sealed: 0, taken: [] });
  await db.owner`update campaigns set status = 'active' where id = ${campaign.id}`;
  expect(await sealDue(ctx, campaign)).toEqual({ sealed: 3, taken: [] });
});
