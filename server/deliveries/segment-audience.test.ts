import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { launchCampaign } from "@/server/campaigns";
import { preflightCampaign } from "@/server/campaigns/preflight";
import { previewCampaign } from "@/server/campaigns/preview";
import type { Audience } from "@/server/campaigns/schemas";
import { grantConsent, makeCampaign } from "@/server/campaigns/testing/arrange";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { createSegment } from "@/server/segments/create";
import { deleteSegment } from "@/server/segments/delete";
import type { Condition, Rule } from "@/server/segments/rule/model";
import { updateSegment } from "@/server/segments/update";
import { explainDelivery } from "./explain";
import { freezeRun } from "./freeze-run";

const db = await testDatabase();
let ctx: Context & { userId: string; membershipId: string };
let gold = "";
let pune = "";
let ids: string[] = [];

const tier = (value: string): Condition => ({ on: "customer", field: "tier", op: "one_of", value: [value] });
const city = (value: string): Condition => ({ on: "customer", field: "city", op: "is", value });
const all = (...of: Rule["of"]): Rule => ({ match: "all", of });

beforeAll(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner), "marketer");
  const tiers = ["gold", "gold", "gold", "silver", "silver", "bronze"];
  ids = await makeCustomers(
    db.owner,
    ctx.workspaceId,
    tiers.map((each, index) => ({ tier: each, name: `Customer ${index}` })),
  );
  await db.owner`update customers set city = 'Pune' where id in ${db.owner([ids[0] ?? "", ids[3] ?? ""])}`;
  await grantConsent(db.owner, ctx.workspaceId, ids);
  gold = (await createSegment(ctx, { name: "Gold", rule: all(tier("gold")) })).id;
  pune = (await createSegment(ctx, { name: "In Pune", rule: all(city("Pune")) })).id;
});

const segments = (include: string[], exclude: string[] = []): Audience => ({
  kind: "segments",
  include,
  exclude,
});

async function frozen(audience: Audience): Promise<{ id: string; customers: string[] }> {
  const id = await makeCampaign(db.owner, ctx, { audience });
  const run = await launchCampaign(ctx, { id, version: 1 });
  await freezeRun(ctx, run);
  const rows = await db.owner<{ id: string }[]>`
    select customer_id as id from executions where run_number = ${run.runNumber} order by seq`;
  return { id, customers: rows.map((row) => row.id) };
}
const nth = (...indexes: number[]): string[] => indexes.map((index) => ids[index] ?? "").sort();

describe("an audience of segments", () => {
  test.each([
    ["in one segment", () => segments([gold]), [0, 1, 2]],
    ["in any of two", () => segments([gold, pune]), [0, 1, 2, 3]],
    ["in one and not in another", () => segments([gold], [pune]), [1, 2]],
    ["in none when both are the same", () => segments([gold], [gold]), []],
    ["in none when nothing is included", () => segments([], [gold]), []],
  ])("holds who is %s: the pre-flight, the preview and the freeze agree", async (_, audience, expected) => {
    const id = await makeCampaign(db.owner, ctx, { audience: audience() });
    expect((await preflightCampaign(ctx, { id })).audience).toBe(expected.length);
    const preview = await previewCampaign(ctx, {
      category: "renewal_reminder",
      channels: ["email"],
      languages: ["en"],
      bodies: { email: { en: { subject: "Hello", preheader: "", body: "Hello" } } },
      fallbacks: {},
      audience: audience(),
      turn: 0,
    });
    expect(preview.customer?.id ?? null).toBe(nth(...expected)[0] ?? null);
    if (expected.length === 0)
      await expect(launchCampaign(ctx, { id, version: 1 })).rejects.toMatchObject({
        code: "BAD_INPUT",
        details: { tab: "targeting", field: "audience" },
      });
    else expect((await frozen(audience())).customers).toEqual(nth(...expected));
  });

  test("follows the rule until the freeze, and stays as it was afterwards", async () => {
    const { id: changing } = await createSegment(ctx, { name: "Changing", rule: all(tier("bronze")) });
    const id = await makeCampaign(db.owner, ctx, { audience: segments([changing]) });
    const run = await launchCampaign(ctx, { id, version: 1 });
    await updateSegment(ctx, { id: changing, version: 1, changes: { rule: all(tier("silver")) } });
    await freezeRun(ctx, run);
    await updateSegment(ctx, { id: changing, version: 2, changes: { rule: all(tier("gold")) } });
    await freezeRun(ctx, run);
    const rows = await db.owner<{ id: string }[]>`
      select customer_id as id from executions where run_number = ${run.runNumber} order by seq`;
    expect(rows.map((row) => row.id)).toEqual(nth(3, 4));
  });

  test("cannot be launched while a segment of it is gone, and a segment that it uses is not deleted", async () => {
    const { id: used } = await createSegment(ctx, { name: "Used", rule: all(tier("gold")) });
    const id = await makeCampaign(db.owner, ctx, { audience: segments([used]) });
    await expect(deleteSegment(ctx, { id: used })).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("the campaign “Renewal drive”"),
    });
    for (const gone of [newId(), await foreignSegment()]) {
      const broken = await makeCampaign(db.owner, ctx, { audience: segments([used, gone]) });
      const { audience, problems } = await preflightCampaign(ctx, { id: broken });
      expect(audience).toBe(0);
      expect(problems).toMatchObject([{ tab: "targeting", field: "audience" }]);
      await expect(launchCampaign(ctx, { id: broken, version: 1 })).rejects.toMatchObject({
        code: "BAD_INPUT",
      });
    }
    await db.owner`update campaigns set status = 'completed' where id = ${id}`;
  });
});

async function foreignSegment(): Promise<string> {
  const other = await makeMember(db.owner, await makeWorkspace(db.owner), "marketer");
  return (await createSegment(other, { name: "Theirs", rule: all() })).id;
}

describe("why a customer is not in the audience", () => {
  const why = async (audience: Audience, customer: number): Promise<string | null> => {
    const { id } = await frozen(audience);
    return (
      (await explainDelivery(ctx, { campaignId: id, customerId: ids[customer] ?? "" })).absence?.sentence ??
      null
    );
  };

  test("names the condition of the segment that does not hold", async () => {
    expect(await why(segments([gold]), 4)).toBe(
      "The customer does not fit the campaign's segment. “Gold” takes customers whose tier is Gold.",
    );
    expect(await why(segments([gold]), 0)).toBeNull();
  });

  test("names the segment that the campaign leaves out", async () => {
    expect(await why(segments([gold], [pune]), 0)).toBe(
      "The campaign leaves out everybody in “In Pune”, and this customer is in it.",
    );
  });

  test("finds the one condition of many, through groups and other segments", async () => {
    const { id } = await createSegment(ctx, {
      name: "Nested",
      rule: all(
        { on: "segment", segment: gold, in: true },
        {
          match: "none",
          of: [{ on: "event", name: "inquiry", count: { op: "some" }, when: null, where: [] }, city("Pune")],
        },
      ),
    });
    expect(await why(segments([id]), 0)).toBe(
      "The customer does not fit the campaign's segment. “Nested” takes no customers whose city is “Pune”.",
    );
    expect(await why(segments([id]), 5)).toBe(
      "The customer does not fit the campaign's segment. “Nested” takes customers in “Gold”, which takes customers whose tier is Gold.",
    );
  });

  test("lists the alternatives when none of them holds", async () => {
    const { id } = await createSegment(ctx, {
      name: "Either",
      rule: { match: "any", of: [tier("platinum"), city("Pune")] },
    });
    expect(await why(segments([id, pune]), 1)).toBe(
      "The customer fits none of the campaign's segments. “Either” takes at least one of these: customers whose tier is Platinum; customers whose city is “Pune”. “In Pune” takes customers whose city is “Pune”.",
    );
  });
});
