import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { reclassifyCampaign } from "./reclassify";
import { recordClick } from "./record-click";
import { recordOpen } from "./record-open";
import { appleProxy, makeLedgerRun, rollups, rollupsAndRecount, visit } from "./testing/ledger";

const db = await testDatabase();
let workspaceId: string;
let ctx: Context;
beforeAll(async () => {
  workspaceId = await makeWorkspace(db.owner);
  ctx = await makeMember(db.owner, workspaceId, "admin");
});

/** Deterministic stand-in for chance, so that a failure can be repeated. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % sides;
  };
}

async function readAtRandom(publicIds: string[], seed: number, acts: number): Promise<void> {
  const roll = dice(seed);
  for (let act = 0; act < acts; act++) {
    if (act % 25 === 0) await db.moveClock(`${roll(400)} minutes`);
    const batch = Array.from({ length: 1 + roll(6) }, () => {
      const id = publicIds[roll(publicIds.length)] ?? "";
      const from = { "x-forwarded-for": `203.0.113.${roll(4)}` };
      switch (roll(6)) {
        case 0:
          return recordOpen(id, appleProxy());
        case 1:
          return recordOpen(id, visit(from));
        case 2:
          return recordClick(id, "0", visit(from, "HEAD"));
        case 3:
          return recordClick(id, "1", visit({ ...from, "user-agent": "curl/8" }));
        default:
          return recordClick(id, String(roll(2)), visit(from));
      }
    });
    await Promise.all(batch);
  }
  await db.moveClock("0");
}

test.each([1, 2, 3])(
  "after random opens and clicks, roll-ups equal a recount of raw rows (seed %i)",
  async (seed) => {
    const run = await makeLedgerRun(db.owner, workspaceId, { size: 12 });
    await readAtRandom(run.publicIds, seed, 60);
    const [stored, recounted] = await rollupsAndRecount(db.owner, run.runNumber);
    expect(stored.length).toBeGreaterThan(0);
    // `first` marks the earliest human row unless the clock was set back in between; the counts are equal all the same.
    const sum = (rows: unknown[]) =>
      (rows as { opened: number; clicked: number }[]).reduce(
        (total, row) => ({ opened: total.opened + row.opened, clicked: total.clicked + row.clicked }),
        { opened: 0, clicked: 0 },
      );
    expect(sum(stored)).toEqual(sum(recounted));

    await reclassifyCampaign(ctx, { campaignId: run.campaignId });
    const [after, counted] = await rollupsAndRecount(db.owner, run.runNumber);
    expect(after).toEqual(counted);
    expect(await reclassifyCampaign(ctx, { campaignId: run.campaignId })).toEqual({ changed: 0 });
    expect(await rollupsAndRecount(db.owner, run.runNumber)).toEqual([after, counted]);
  },
);

test("marks and roll-ups follow the rules when they are run over raw rows that were judged otherwise", async () => {
  const run = await makeLedgerRun(db.owner, workspaceId, { size: 3 });
  const [first = "", second = "", third = ""] = run.publicIds;
  await recordOpen(first, visit());
  await recordOpen(second, appleProxy());
  await recordClick(third, "0", visit());
  // As if older rules had called the person a machine and the proxy a person, and figures had drifted.
  await db.owner`update delivery_events set machine = not machine, first = machine where run_number = ${run.runNumber}`;
  await db.owner`update run_rollups set opened = 41, clicked = 7 where run_number = ${run.runNumber}`;
  await reclassifyCampaign(ctx, { campaignId: run.campaignId });
  expect(await rollups(db.owner, run.runNumber)).toEqual({ opened: 2, clicked: 1, unsubscribed: 0 });
  const humans = await db.owner`
    select seq, kind from delivery_events where run_number = ${run.runNumber} and first and not machine order by seq, kind`;
  expect([...humans]).toEqual([
    { seq: 1, kind: "opened" },
    { seq: 3, kind: "clicked" },
    { seq: 3, kind: "opened" },
  ]);
});

test("opens that arrive while the rules are run again are counted once", async () => {
  const run = await makeLedgerRun(db.owner, workspaceId, { size: 40 });
  await Promise.all([
    ...run.publicIds.map((id) => recordOpen(id, visit())),
    reclassifyCampaign(ctx, { campaignId: run.campaignId }),
    ...run.publicIds.map((id) => recordClick(id, "0", visit())),
    reclassifyCampaign(ctx, { campaignId: run.campaignId }),
  ]);
  expect(await rollups(db.owner, run.runNumber)).toEqual({ opened: 40, clicked: 40, unsubscribed: 0 });
});

test("is an administrator's act, inside the own workspace, and stands in the audit log", async () => {
  const run = await makeLedgerRun(db.owner, workspaceId);
  const marketer = await makeMember(db.owner, workspaceId, "marketer");
  const stranger = await makeMember(db.owner, await makeWorkspace(db.owner), "admin");
  const input = { campaignId: run.campaignId };
  await expect(reclassifyCampaign(marketer, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(reclassifyCampaign(stranger, input)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(reclassifyCampaign(ctx, { campaignId: "x" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await reclassifyCampaign(ctx, input);
  const entries = await db.owner`
    select action from audit_entries where subject_id = ${run.campaignId} and workspace_id = ${workspaceId}`;
  expect([...entries]).toEqual([{ action: "tracking.reclassified" }]);
});
