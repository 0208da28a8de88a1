import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { completeRun } from "./complete-run";
import { freezeRun } from "./freeze-run";
import { grantConsent, type LaunchedCampaign, makeLaunchedCampaign } from "./testing/campaign";
import { temporaryDataDir } from "./testing/data-dir";
import { drain } from "./testing/drain";

temporaryDataDir();
const db = await testDatabase();
let ctx: Context;

beforeEach(async () => {
  await db.moveClock("0");
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  await makeCustomers(db.owner, ctx.workspaceId, 200);
  await grantConsent(db.owner, ctx.workspaceId);
});

async function launch(holdOut: number, again?: string): Promise<LaunchedCampaign> {
  const made = await makeLaunchedCampaign(db.owner, ctx.workspaceId);
  await db.owner`update campaigns set hold_out = ${holdOut} where id = ${made.campaignId}`;
  // Another run of the same campaign.
  if (again)
    await db.owner`update campaign_runs set campaign_id = ${again}, slot = 'again' where number = ${made.runNumber}`;
  await freezeRun(ctx, made);
  return made;
}

const heldOutOf = async ({ runNumber }: LaunchedCampaign) =>
  (
    await db.owner<{ id: string }[]>`
      select customer_id as id from executions where run_number = ${runNumber} and arm = 'held_out' and channel is null
      order by 1`
  ).map(({ id }) => id);

test("a hold-out gets nothing, is counted apart, and the run is complete without it", async () => {
  const campaign = await launch(30);
  const held = await heldOutOf(campaign);
  expect(held.length).toBeGreaterThan(35);
  expect(held.length).toBeLessThan(85);
  const [run] = await db.owner`
    select audience_size as treated, held_out_size as held from campaign_runs where number = ${campaign.runNumber}`;
  expect(run).toEqual({ treated: 200 - held.length, held: held.length });
  await drain();
  const [sent] = await db.owner`
    select count(*)::int as count, count(*) filter (where x.arm = 'held_out')::int as held
    from execution_results r join executions x on x.part = r.part and x.run_number = r.run_number and x.seq = r.seq
    where r.run_number = ${campaign.runNumber}`;
  expect(sent).toEqual({ count: 200 - held.length, held: 0 });
  expect(await completeRun(ctx, campaign)).toBe(true);
});

test("without a share everybody is sent it", async () => {
  expect(await heldOutOf(await launch(0))).toEqual([]);
});

test("the same customers are held out in every run of a campaign, and others in another campaign", async () => {
  const first = await launch(30);
  const again = await launch(30, first.campaignId);
  const other = await launch(30);
  expect(await heldOutOf(again)).toEqual(await heldOutOf(first));
  expect(await heldOutOf(other)).not.toEqual(await heldOutOf(first));
});
