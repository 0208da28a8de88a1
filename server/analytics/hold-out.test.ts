import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { freezeRun } from "@/server/deliveries/freeze-run";
import { makeLaunchedCampaign } from "@/server/deliveries/testing/campaign";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import { newId } from "@/server/platform/ids";
import { campaignHoldOut } from "./hold-out";

temporaryDataDir();
const db = await testDatabase();

test("a hold-out follows each conversion in its window, credited or not, however often it was looked at before", async () => {
  await db.setClock("2026-11-20T12:10:00+05:30");
  const ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  await makeCustomers(
    db.owner,
    ctx.workspaceId,
    Array.from({ length: 60 }, () => ({})),
  );
  const { campaignId, runNumber } = await makeLaunchedCampaign(db.owner, ctx.workspaceId);
  await db.owner`update campaigns set hold_out = 50, attribution_days = 3 where id = ${campaignId}`;
  await freezeRun(ctx, { runNumber });
  const arms = async () => {
    const look = await campaignHoldOut(ctx, { campaignId });
    return [look?.treated.x ?? 0, look?.heldOut.x ?? 0];
  };
  expect(await arms()).toEqual([0, 0]);
  const [held, other] = await Promise.all(
    ["held_out", "treated"].map(
      (arm) => db.owner<{ id: string; at: Date }[]>`
        select e.customer_id as id, r.frozen_at + interval '1 hour' as at
        from executions e join campaign_runs r on r.number = e.run_number
        where e.run_number = ${runNumber} and e.arm = ${arm} order by e.seq limit 1`,
    ),
  );
  const [first, second] = [held?.[0], other?.[0]];
  if (!first || !second) throw new Error("an arm is empty");
  const id = newId();
  await db.owner`insert into conversions ${db.owner({
    ...{ id, workspace_id: ctx.workspaceId, customer_id: first.id, source: "api", currency: "INR" },
    occurred_at: first.at,
  })}`;
  expect(await arms()).toEqual([0, 1]);
  // As many as before, and somebody else.
  await db.owner`update conversions set customer_id = ${second.id} where id = ${id}`;
  expect(await arms()).toEqual([1, 0]);
  await db.owner`update conversions set discounted_for = 'bounced' where id = ${id}`;
  expect(await arms()).toEqual([0, 0]);
  await db.owner`update conversions set discounted_for = null where id = ${id}`;
  expect(await arms()).toEqual([1, 0]);
  await db.owner`update conversions set occurred_at = occurred_at + interval '30 days' where id = ${id}`;
  expect(await arms()).toEqual([0, 0]);
});
