import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeWorkspace } from "@/db/testing/factories";
import { withHotTransaction } from "@/db/transaction";
import { newId } from "@/server/platform/ids";
import type { Going, Lease } from "./lease";
import { Pacer, slowDown } from "./pace";

const db = await testDatabase();
let workspaceId: string;
let account: string;
let campaign: string;

beforeEach(async () => {
  await db.moveClock("0");
  workspaceId = await makeWorkspace(db.owner);
  [account, campaign] = [newId(), newId()];
});

type Asked = Partial<{
  rate: number | null;
  campaignRate: number | null;
  dayLimit: number | null;
  wanted: number;
  horizonMs: number;
}>;
type Taken = { granted: number; why: string | null; at: number; first: number; campaignFirst: number };

const HORIZON_MS = 400;

/** Asks the database for places as a worker does; times in microseconds. */
function take({
  rate = 50,
  campaignRate = null,
  dayLimit = null,
  wanted = 10,
  ...more
}: Asked = {}): Promise<Taken> {
  return withHotTransaction(workspaceId, async (sql) => {
    const [row] = await sql<Taken[]>`
      select granted, why, extract(epoch from at)::float8 * 1e6 as at, extract(epoch from account_first)::float8 * 1e6 as first,
        extract(epoch from campaign_first)::float8 * 1e6 as "campaignFirst"
      from take_places(${workspaceId}, ${account}, ${rate}, ${dayLimit}, clock_now()::date, ${campaign}, ${campaignRate},
        ${wanted}, ${more.horizonMs ?? HORIZON_MS} * interval '1 millisecond')`;
    if (!row) throw new Error("no answer");
    return row;
  });
}

const many = (askers: number, asked: Asked) => Promise.all(Array.from({ length: askers }, () => take(asked)));

/** Every place that was dealt out, in order. */
const placesOf = (taken: Taken[], rate: number, from: "first" | "campaignFirst" = "first"): number[] =>
  taken
    .flatMap((each) => Array.from({ length: each.granted }, (_, nth) => each[from] + (nth / rate) * 1e6))
    .toSorted((one, other) => one - other);

const gaps = (places: number[]) => places.slice(1).map((place, nth) => place - (places[nth] ?? 0));

describe.each([7, 50, 333.3])("places at %d a second, however many ask at once", (rate) => {
  test("are one after the other, never two in the room of one, and none is further ahead than the horizon", async () => {
    const taken = [...(await many(30, { rate, wanted: 9 })), ...(await many(30, { rate, wanted: 4 }))];
    const places = placesOf(taken, rate);
    expect(places.length).toBeGreaterThan(0);
    for (const gap of gaps(places)) expect(gap).toBeGreaterThanOrEqual(1e6 / rate - 2);
    for (const each of taken)
      if (each.granted > 0)
        expect(each.first + ((each.granted - 1) / rate) * 1e6).toBeLessThanOrEqual(
          each.at + HORIZON_MS * 1_000 + 2,
        );
  });
});

test("a channel that was idle has saved nothing up", async () => {
  await take({ wanted: 1 });
  await db.owner`update channel_buckets set next_at = next_at - interval '1 hour' where account_id = ${account}`;
  const { granted, first, at } = await take({ rate: 50, wanted: 1_000 });
  expect(granted).toBe(1 + (HORIZON_MS / 1_000) * 50);
  expect(first).toBe(at);
});

test("places follow each other without a gap, and another rate counts from the next place on", async () => {
  const horizonMs = 3_600_000;
  const slow = await take({ rate: 0.02, wanted: 3, horizonMs });
  const more = await take({ rate: 0.02, wanted: 1, horizonMs });
  const quick = await take({ rate: 0.5, wanted: 2, horizonMs });
  const next = await take({ rate: 0.5, wanted: 1, horizonMs });
  const seconds = [more, quick, next].map(({ first }) => Math.round((first - slow.first) / 1e6));
  expect(seconds).toEqual([150, 200, 204]);
});

test("a campaign with a pace of its own waits for both buckets, and takes from both", async () => {
  const taken = await many(12, { rate: 100, campaignRate: 20, wanted: 3 });
  for (const gap of gaps(placesOf(taken, 20, "campaignFirst"))) expect(gap).toBeGreaterThanOrEqual(5e4 - 2);
  const places = placesOf(taken, 20, "campaignFirst");
  expect(places.length).toBeLessThanOrEqual(1 + 0.4 * 20 + 12);
  const [used] =
    await db.owner`select count(*)::int as n from channel_buckets where account_id in (${account}, ${campaign})`;
  expect(used?.n).toBe(2);
});

test("a day's limit is met exactly by all who ask at once, and begins anew with the day", async () => {
  await db.setClock("2026-11-25T12:00:00Z");
  const day = async () => {
    const taken = await many(10, { rate: null, dayLimit: 25, wanted: 7 });
    expect(taken.filter(({ granted }) => granted === 0).every(({ why }) => why === "daily_limit")).toBe(true);
    return taken.reduce((sum, { granted }) => sum + granted, 0);
  };
  expect([await day(), await day()]).toEqual([25, 0]);
  await db.setClock("2026-11-26T00:00:01Z");
  expect(await day()).toBe(25);
});

test("while a provider asked to wait nobody gets a place; afterwards it goes on", async () => {
  await take({ wanted: 1 });
  await db.owner`
    update channel_buckets set blocked_until = clock_now() + interval '30 seconds' where account_id = ${account}`;
  expect((await many(5, {})).map(({ granted }) => granted)).toEqual([0, 0, 0, 0, 0]);
  await db.moveClock("31 seconds");
  expect((await take()).granted).toBe(10);
});

const fast = { accountRate: 200, campaignRate: null, dayLimit: null } as Going;
const shared = { account: { accountId: "an account" } } as Lease;

/** As if the hand-over of a place, begun at once, had taken so long (ms). */
function handedOver(pacer: Pacer, ms: number): void {
  const begun = performance.now() - ms;
  pacer.took(shared, fast, { places: 1, at: begun, begun });
}

test("a channel that stalls once is not given more at once afterwards, one that has become slow is", () => {
  const pacer = new Pacer();
  const after = (times: number, ms: number) => {
    for (let nth = 0; nth < times; nth++) handedOver(pacer, ms);
    return pacer.mostUnderWay(shared, 5);
  };
  expect(after(20, 4)).toBe(1);
  expect(after(1, 40)).toBe(2);
  expect(after(20, 4)).toBe(1);
  expect(after(500, 40)).toBe(10);
});

test("a message that arrives among the places of others costs one of them, once", () => {
  const pacer = new Pacer();
  for (let nth = 0; nth < 20; nth++) handedOver(pacer, 4);
  expect(pacer.owes(shared, 1)).toBe(false);
  for (const ms of [60, 60, 4]) handedOver(pacer, ms);
  expect([1, 2, 3].map(() => pacer.owes(shared, 1))).toEqual([true, true, false]);
});

test("a channel that always takes long owes nothing", () => {
  const pacer = new Pacer();
  for (let nth = 0; nth < 50; nth++) handedOver(pacer, 300);
  expect(pacer.owes(shared, 1)).toBe(false);
});

test("a provider that turns everything away is waited for longer each time; one that takes most is not", async () => {
  const lease = { workspaceId, account: { accountId: account } } as Lease;
  /** How often in a row it counts as refused, and the longest that the wait can be in first waits (250 ms). */
  const waits = async (tookMost: boolean, times: number) => {
    const seen: [number, number][] = [];
    for (let nth = 0; nth < times; nth++) {
      await slowDown(lease, { hintMs: null, tookMost });
      const [row] = await db.owner<{ throttles: number; most: number }[]>`
        select throttles, ceil(extract(epoch from blocked_until - clock_now()) * 4)::int as most
        from channel_buckets where account_id = ${account}`;
      await db.owner`update channel_buckets set blocked_until = null where account_id = ${account}`;
      seen.push([row?.throttles ?? -1, row?.most ?? Number.POSITIVE_INFINITY]);
    }
    return seen;
  };
  const within = (most: number[], seen: [number, number][]) =>
    seen.every(([, wait], nth) => wait <= (most[nth] ?? 0));
  const taking = await waits(true, 5);
  expect(taking.map(([throttles]) => throttles)).toEqual([1, 1, 1, 1, 1]);
  expect(within([1, 1, 1, 1, 1], taking)).toBe(true);
  const refusing = await waits(false, 4);
  expect(refusing.map(([throttles]) => throttles)).toEqual([2, 3, 4, 5]);
  expect(within([2, 4, 8, 16], refusing)).toBe(true);
  // The last of them is 4 s: no pause of this machine makes it one of the first.
  expect(refusing.at(-1)?.[1]).toBeGreaterThan(4);
  expect((await waits(true, 1))[0]?.[0]).toBe(1);
  await slowDown(lease, { hintMs: 30_000, tookMost: true });
  const [{ ms } = { ms: 0 }] = await db.owner<{ ms: number }[]>`
    select extract(epoch from blocked_until - clock_now())::float8 * 1000 as ms from channel_buckets where account_id = ${account}`;
  expect(ms).toBeGreaterThan(10_000);
});
