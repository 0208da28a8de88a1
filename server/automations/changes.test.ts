import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { launchCampaign } from "@/server/campaigns/launch";
import { makeCampaign } from "@/server/campaigns/testing/arrange";
import { recomputeMembership, reevaluateMemberships } from "@/server/segments";
import { createSegment } from "@/server/segments/create";
import { matchChanges } from "./match-changes";
import { automated } from "./testing/arrange";

const db = await testDatabase();
let ctx: Awaited<ReturnType<typeof makeMember>>;
let ids: string[];

beforeEach(async () => {
  await db.moveClock("0 seconds");
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  ids = await makeCustomers(db.owner, ctx.workspaceId, [{ tier: "gold" }, {}, {}]);
});

const entered = async (campaignId: string) =>
  (
    await db.owner<{ who: string }[]>`
      select customer_id as who from automation_entries where campaign_id = ${campaignId} order by seq`
  ).map(({ who }) => ids.indexOf(who));

test("entering and leaving a segment lets in, a changed rule does not, and a second look changes nothing", async () => {
  const gold = {
    match: "all" as const,
    of: [{ on: "customer", field: "tier", op: "one_of", value: ["gold"] }],
  };
  const { id: segment } = await createSegment(ctx, {
    name: "Gold",
    description: "",
    tracked: false,
    rule: gold,
  } as Parameters<typeof createSegment>[1]);
  const launch = async (change: "entered" | "left") => {
    const schedule = automated([{ on: "segment", segment, change }]);
    const id = await makeCampaign(db.owner, ctx, { schedule });
    await launchCampaign(ctx, { id, version: 1 });
    return id;
  };
  const [enters, leaves] = [await launch("entered"), await launch("left")];
  const [row] = await db.owner`select tracked from segments where id = ${segment}`;
  expect(row).toEqual({ tracked: true });
  await recomputeMembership(ctx, { segmentId: segment, cause: "rule" });
  const become = async (nth: number, tier: string) => {
    await db.owner`update customers set tier = ${tier} where id = ${ids[nth] ?? ""}`;
    await reevaluateMemberships(ctx, [ids[nth] ?? ""]);
    await matchChanges(ctx, [ids[nth] ?? ""]);
  };
  expect(await entered(enters)).toEqual([]);
  await become(1, "gold");
  await become(0, "silver");
  expect([await entered(enters), await entered(leaves)]).toEqual([[1], [0]]);
  expect(await matchChanges(ctx, null)).toBe(0);
  // Whoever the day brings in is found by the look at all, once.
  await db.owner`update customers set tier = 'gold' where id = ${ids[2] ?? ""}`;
  await recomputeMembership(ctx, { segmentId: segment, cause: "day" });
  expect(await matchChanges(ctx, null)).toBe(1);
  expect(await matchChanges(ctx, null)).toBe(0);
  expect(await entered(enters)).toEqual([1, 2]);
  await db.owner`update customers set tier = 'bronze' where id = ${ids[2] ?? ""}`;
  await recomputeMembership(ctx, { segmentId: segment, cause: "rule" });
  expect(await matchChanges(ctx, null)).toBe(0);
});

test("engagement that crosses a score lets in, in its direction only", async () => {
  const launch = async (direction: "rises" | "falls") => {
    const schedule = automated([{ on: "score", direction, score: 60 }]);
    const id = await makeCampaign(db.owner, ctx, { schedule });
    await launchCampaign(ctx, { id, version: 1 });
    return id;
  };
  await db.owner`insert into engagement_crossings (workspace_id, customer_id, before, after) values (${ctx.workspaceId}, ${ids[2] ?? ""}, 40, 70)`;
  const [rises, falls] = [await launch("rises"), await launch("falls")];
  for (const [nth, before, after] of [
    [0, 58, 62],
    [1, 61, 59],
    [2, 62, 71],
  ] as const)
    await db.owner`insert into engagement_crossings (workspace_id, customer_id, before, after)
      values (${ctx.workspaceId}, ${ids[nth] ?? ""}, ${before}, ${after})`;
  await matchChanges(ctx, ids);
  expect([await entered(rises), await entered(falls)]).toEqual([[0], [1]]);
});
