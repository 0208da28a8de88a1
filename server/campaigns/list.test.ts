import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { listCampaigns } from "./list";
import { makeCampaign } from "./testing/arrange";

const db = await testDatabase();
let admin: Context & { userId: string };
const ids: string[] = [];

beforeAll(async () => {
  admin = await makeMember(db.owner, await makeWorkspace(db.owner));
  const theirs = await makeMember(db.owner, await makeWorkspace(db.owner));
  await makeCampaign(db.owner, theirs, { name: "Foreign drive" });
  for (let index = 0; index < 23; index += 1)
    ids.unshift(
      await makeCampaign(db.owner, admin, {
        name: `Campaign ${index}`,
        status: index % 2 ? "draft" : "completed",
        type: index < 5 ? "acquisition" : "retention",
        goal: index < 3 ? "engagement" : "renewal_rate",
      }),
    );
});

/** A run with roll-up rows, as the sender leaves them. */
async function makeRun(campaignId: string, slot: string, size: number, buckets: Record<string, number>[]) {
  const [run] = await db.owner<{ number: string }[]>`
    insert into campaign_runs (id, workspace_id, campaign_id, slot, content, audience_size)
    values (${newId()}, ${admin.workspaceId}, ${campaignId}, ${slot}, '{}', ${size}) returning number`;
  for (const [index, counts] of buckets.entries())
    await db.owner`insert into run_rollups ${db.owner({
      workspace_id: admin.workspaceId,
      run_number: run?.number ?? 0,
      campaign_id: campaignId,
      bucket: new Date(Date.UTC(2026, 0, 1, 0, 15 * index)),
      channel: "email",
      ...counts,
    })}`;
}

test("pages forwards and backwards hold every campaign of the workspace once, newest first", async () => {
  const seen: string[] = [];
  const pages = [await listCampaigns(admin, { limit: 7 })];
  for (let page = pages[0]; page; page = pages.at(-1)) {
    seen.push(...page.rows.map((row) => row.id));
    if (page.next === null) break;
    pages.push(await listCampaigns(admin, { limit: 7, after: page.next }));
  }
  expect(seen).toEqual(ids);
  expect(pages.map((page) => page.total)).toEqual([23, 23, 23, 23]);
  expect(pages[0]?.previous).toBeNull();
  const last = pages.at(-1);
  const back = await listCampaigns(admin, { limit: 7, before: last?.previous ?? "" });
  expect(back.rows).toEqual(pages[2]?.rows);
  const first = await listCampaigns(admin, { limit: 7, before: pages[1]?.previous ?? "" });
  expect(first.rows).toEqual(pages[0]?.rows);
  expect(first.previous).toBeNull();
});

test("filters narrow by status, type, goal and part of the name, together", async () => {
  const names = async (input: Parameters<typeof listCampaigns>[1]) =>
    (await listCampaigns(admin, input)).rows.map((row) => row.name);
  expect(await names({ goal: ["engagement"] })).toEqual(["Campaign 2", "Campaign 1", "Campaign 0"]);
  expect(await names({ type: ["acquisition"], status: ["draft", "active"] })).toEqual([
    "Campaign 3",
    "Campaign 1",
  ]);
  expect(await names({ search: "CAMPAIGN 2" })).toEqual([
    "Campaign 22",
    "Campaign 21",
    "Campaign 20",
    "Campaign 2",
  ]);
  expect(await names({ search: "%" })).toEqual([]);
  expect(await names({ search: "foreign" })).toEqual([]);
});

test("progress and rates are the sums over runs and buckets, and nothing is divided by zero", async () => {
  const [id = "", empty = ""] = ids;
  await makeRun(id, "launch", 100, [
    { sent: 40, delivered: 30, opened: 12, clicked: 3, skipped: 5 },
    { sent: 20, delivered: 20, opened: 3, failed: 4, unknown: 1 },
  ]);
  await makeRun(id, "again", 20, [{ sent: 10, delivered: 10, clicked: 3, cancelled: 10 }]);
  await makeRun(empty, "launch", 10, [{ skipped: 10 }]);
  // Roll-ups alone: nothing is read from the conversions themselves.
  await db.owner`update run_rollups set cost_micros = 2500000 where campaign_id = ${id} and sent > 0`;
  for (const [nth, converted] of [4, 2].entries())
    await db.owner`insert into conversion_rollups ${db.owner({
      workspace_id: admin.workspaceId,
      run_number: 1,
      campaign_id: id,
      bucket: new Date(Date.UTC(2026, 0, 1, 0, 15 * nth)),
      channel: "email",
      converted,
      conversions: converted + 1,
      revenue_micros: 7_500_000,
    })}`;
  const { rows } = await listCampaigns(admin, { limit: 2 });
  expect(rows[0]).toMatchObject({
    targeted: 120,
    processed: 90,
    sent: 70,
    delivered: 60,
    opened: 15,
    clicked: 6,
    deliveryRate: 60 / 70,
    openRate: 15 / 60,
    clickRate: 6 / 60,
    converted: 6,
    conversionRate: 6 / 60,
    roi: (15 - 7.5) / 7.5,
  });
  await db.owner`
    insert into campaign_economics (campaign_id, workspace_id, fixed_cost_micros, margin)
    values (${id}, ${admin.workspaceId}, 2500000, 0.5)`;
  const [priced] = (await listCampaigns(admin, { limit: 1 })).rows;
  expect(priced).toMatchObject({ margin: 0.5, roi: (15 * 0.5 - 10) / 10 });
  expect(rows[1]).toMatchObject({
    targeted: 10,
    processed: 10,
    sent: 0,
    deliveryRate: null,
    openRate: null,
    clickRate: null,
    conversionRate: null,
    roi: null,
  });
});

test("agents do not see campaigns", async () => {
  const agent = await makeMember(db.owner, admin.workspaceId, "agent");
  await expect(listCampaigns(agent, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
});
