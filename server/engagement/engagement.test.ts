import { readFile } from "node:fs/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { createRandom } from "@/db/seed/random";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { type StoredCampaign, storeCampaign } from "@/server/segments/testing/store";
import { countEngagement, decayEngagement, dueWorkspaces, finishEngagementDay } from "./decay";
import { engagementParts, engagementScore, partPoints } from "./formula";
import { recomputeEngagement } from "./recompute";
import { type Life, plainScore, randomHappening, store } from "./testing/lives";

const db = await testDatabase();
const ZONE = "Asia/Kolkata";
const NOW = "2026-03-01T18:40:00Z"; // 2 March, ten minutes after midnight in India
const TODAY = "2026-03-02";
let ctx: Context;
let ledger: StoredCampaign;

beforeEach(async () => {
  await db.setClock(NOW);
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  await db.owner`update workspaces set time_zone = ${ZONE} where id = ${ctx.workspaceId}`;
  ledger = await storeCampaign(db.owner, ctx.workspaceId);
});

async function makeLives(seed: number, count: number): Promise<Life[]> {
  const random = createRandom(seed);
  const ids = await makeCustomers(db.owner, ctx.workspaceId, count);
  const lives = ids.map((id) => ({
    id,
    happenings: Array.from({ length: random.int(0, 14) }, () => randomHappening(random, NOW)),
  }));
  for (const { id, happenings } of lives) for (const one of happenings) await keep(id, one);
  return lives;
}

const keep = (customerId: string, one: Parameters<typeof store>[2]) =>
  store(db.owner, { workspaceId: ctx.workspaceId, customerId, ledger }, one);
const visit = (at: string) =>
  ({ table: "customer_events", what: "app_login", at, discounted: false }) as const;
const paid = (at: string) => ({ table: "premium_payments", what: "paid", at, discounted: false }) as const;

async function scores(): Promise<Map<string, number>> {
  const rows = await db.owner<{ id: string; score: number }[]>`
    select id, engagement_score as score from customers where workspace_id = ${ctx.workspaceId}`;
  return new Map(rows.map(({ id, score }) => [id, score]));
}

const crossings = () => db.owner<{ before: number; after: number }[]>`
  select before, after from engagement_crossings where workspace_id = ${ctx.workspaceId} order by id`;

describe("the formula", () => {
  test("counts days, halves them, and stops at the limit", () => {
    const { points, halfLifeDays, limit } = engagementParts.activity;
    expect(partPoints("activity", ["2026-03-02"], TODAY)).toBe(points);
    expect(partPoints("activity", ["2026-02-09"], TODAY)).toBe(points / 2);
    expect(halfLifeDays).toBe(21);
    const month = Array.from({ length: 28 }, (_, day) => `2026-02-${String(day + 1).padStart(2, "0")}`);
    expect(partPoints("activity", month, TODAY)).toBe(limit);
    expect(engagementScore({ complaints: ["2026-03-01"], optOuts: ["2026-03-01"] }, TODAY)).toBe(0);
  });

  test("rounds a half up, however the sum was added", () => {
    // 12 points after three half-lives of 45 days are 1.5.
    expect(engagementScore({ interest: ["2025-10-18"] }, TODAY)).toBe(2);
  });
});

describe("a score in the database", () => {
  test.each([11, 12, 13, 14])("is the one that plain reading of random lives gives (%i)", async (seed) => {
    const lives = await makeLives(seed, 60);
    await recomputeEngagement(
      ctx,
      lives.map(({ id }) => id),
    );
    const expected = new Map(lives.map((life) => [life.id, plainScore(life, TODAY, ZONE)]));
    expect(await scores()).toEqual(expected);
    expect(new Set(expected.values()).size).toBeGreaterThan(15);
  });

  test.each([1, 17, 60, 400])(
    "after %i days without events is what counting anew would give",
    async (days) => {
      const lives = await makeLives(days, 40);
      await countEngagement(ctx, { after: null });
      await db.setClock(new Date(Date.parse(NOW) + days * 86_400_000).toISOString());
      const later = new Date(Date.parse(`${TODAY}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
      expect(await decayEngagement(ctx, { after: null })).toMatchObject({ next: null });
      expect(await scores()).toEqual(new Map(lives.map((life) => [life.id, plainScore(life, later, ZONE)])));
    },
  );

  test("is the same whichever way events and days follow each other", async () => {
    const lives = await makeLives(77, 20);
    const random = createRandom(78);
    let now = Date.parse(NOW);
    await countEngagement(ctx, { after: null });
    for (let day = 0; day < 8; day++) {
      now += random.int(1, 20) * 86_400_000;
      const instant = new Date(now).toISOString();
      await db.setClock(instant);
      const touched = lives.filter(() => random.chance(0.4));
      for (const life of touched) {
        const one = randomHappening(random, instant);
        life.happenings.push(one);
        await keep(life.id, one);
      }
      const evaluate = () =>
        recomputeEngagement(
          ctx,
          touched.map(({ id }) => id),
        );
      const decay = () => decayEngagement(ctx, { after: null });
      if (random.chance(0.5)) await Promise.all([evaluate(), decay()]);
      else for (const work of random.chance(0.5) ? [decay, evaluate] : [evaluate, decay]) await work();
      const today = new Date(now + 5.5 * 3_600_000).toISOString().slice(0, 10);
      expect(await scores()).toEqual(new Map(lives.map((life) => [life.id, plainScore(life, today, ZONE)])));
    }
  });

  test("counting twice, at once or again, changes nothing", async () => {
    const lives = await makeLives(5, 30);
    const ids = lives.map(({ id }) => id);
    await Promise.all([1, 2, 3].map(() => recomputeEngagement(ctx, ids)));
    const first = await scores();
    const before = await crossings();
    expect(await recomputeEngagement(ctx, ids)).toBe(0);
    expect(await scores()).toEqual(first);
    expect(await crossings()).toEqual(before);
  });

  test("belongs to its workspace: others are not read, not written", async () => {
    const [mine = ""] = await makeCustomers(db.owner, ctx.workspaceId, [{}]);
    await keep(mine, paid("2026-03-01T10:00:00Z"));
    const other = await makeMember(db.owner, await makeWorkspace(db.owner));
    expect(await recomputeEngagement(other, [mine])).toBe(0);
    expect(await scores()).toEqual(new Map([[mine, 0]]));
  });
});

describe("crossings", () => {
  test("of a multiple of five are written down once, up and down", async () => {
    const [id = ""] = await makeCustomers(db.owner, ctx.workspaceId, [{}]);
    await keep(id, visit("2026-03-01T10:00:00Z"));
    await recomputeEngagement(ctx, [id]);
    expect(await crossings(), "4 is still below five").toEqual([]);
    await keep(id, paid("2026-03-01T10:00:00Z"));
    await recomputeEngagement(ctx, [id]);
    await recomputeEngagement(ctx, [id]);
    await db.setClock("2027-03-01T18:40:00Z");
    await decayEngagement(ctx, { after: null });
    expect(await crossings()).toEqual([
      { before: 4, after: 24 },
      { before: 24, after: 2 },
    ]);
  });
});

describe("a new day", () => {
  const due = async () =>
    (await dueWorkspaces()).filter(({ workspaceId }) => workspaceId === ctx.workspaceId);

  test("begins at midnight in the workspace's zone, and is due until it is finished", async () => {
    expect(await due()).toEqual([{ workspaceId: ctx.workspaceId, today: TODAY, first: true }]);
    await finishEngagementDay(ctx, { today: TODAY });
    expect(await due()).toEqual([]);
    await db.setClock("2026-03-02T18:29:00Z");
    expect(await due()).toEqual([]);
    await db.setClock("2026-03-02T18:31:00Z");
    expect(await due()).toEqual([{ workspaceId: ctx.workspaceId, today: "2026-03-03", first: false }]);
  });
});

test("the formula that people read is the one that is counted", async () => {
  const page = await readFile(new URL("../../docs/engagement.md", import.meta.url), "utf8");
  for (const { label, counts, points, halfLifeDays, limit } of Object.values(engagementParts)) {
    const cells = [label, counts, points, `${halfLifeDays} days`, limit].map(String);
    const row = page.split("\n").find((line) => line.startsWith(`| ${label} `));
    expect(
      row
        ?.split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    ).toEqual(cells);
  }
});
