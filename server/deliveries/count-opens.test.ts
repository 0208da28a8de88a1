import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { appendVisit } from "@/server/tracking/append-visit";
import { reclassifyCampaign } from "@/server/tracking/reclassify";
import { rollupsAndRecount, visit } from "@/server/tracking/testing/ledger";
import { readVisit } from "@/server/tracking/visit";
import { runFigures } from "./figures";
import { trackingLock } from "./lock-tracking";
import { decodePublicId } from "./public-id";
import { recordProviderEvents } from "./record-provider-events";
import { temporaryDataDir } from "./testing/data-dir";
import { drain } from "./testing/drain";
import { report, silentProvider } from "./testing/provider";
import { expectRecounted, launchOnWhatsApp, publicIdsOf } from "./testing/whatsapp-run";

temporaryDataDir();
const db = await testDatabase();
let ctx: Context;

beforeEach(async () => {
  await db.setClock("2026-11-25T06:00:00Z");
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner), "admin");
});

async function sentTo(size: number) {
  const campaign = await launchOnWhatsApp(db.owner, ctx, { size });
  await drain({ adapter: silentProvider() });
  return { campaign, ids: await publicIdsOf(db.owner, campaign) };
}

async function click(publicId: string): Promise<void> {
  const key = decodePublicId(publicId);
  if (!key) throw new Error("not an id of ours");
  await appendVisit(ctx.workspaceId, key, { kind: "clicked", link: 0, visit: readVisit(visit()) });
}

const read = (publicId: string, name: string, at: string) => () =>
  recordProviderEvents(ctx, [
    report(publicId, "read", { dedupeKey: `${name}:read`, occurredAt: new Date(at) }),
  ]);

/** Two phones of one customer, and a link that is followed at 07:05, when all of it is told. */
const acts = {
  early: (id: string) => read(id, "early", "2026-11-25T06:32:00Z"),
  late: (id: string) => read(id, "late", "2026-11-25T06:47:00Z"),
  click: (id: string) => () => click(id),
};

test.each([
  ["early", "late", "click"],
  ["early", "click", "late"],
  ["late", "early", "click"],
  ["late", "click", "early"],
  ["click", "early", "late"],
  ["click", "late", "early"],
] as const)("who reads counts in the quarter of the first reading, told as %s, %s, %s", async (...order) => {
  const { campaign, ids } = await sentTo(1);
  await db.setClock("2026-11-25T07:05:00Z");
  for (const name of order) await acts[name](ids[0] ?? "")();
  const [stored, recounted] = await rollupsAndRecount(db.owner, campaign.runNumber);
  expect(stored).toEqual([
    { bucket: new Date("2026-11-25T06:30:00Z"), opened: 1, clicked: 0 },
    { bucket: new Date("2026-11-25T07:00:00Z"), opened: 0, clicked: 1 },
  ]);
  expect(recounted).toEqual(stored);
  const opens = await db.owner<{ at: Date; first: boolean }[]>`
    select occurred_at as at, first from delivery_events
    where run_number = ${campaign.runNumber} and kind = 'opened' order by at`;
  expect(opens.map(({ first }) => first)).toEqual([true, false, false]);
  expect(await reclassifyCampaign(ctx, campaign)).toEqual({ changed: 0 });
  await expectRecounted(db.owner, campaign);
});

test("who has read a message stays one who opened it when the click turns out to be a machine's", async () => {
  const { campaign, ids } = await sentTo(1);
  await db.setClock("2026-11-25T07:05:00Z");
  await acts.click(ids[0] ?? "")();
  await acts.late(ids[0] ?? "")();
  await db.owner`
    update delivery_events set detail = detail || '{"userAgent": "curl/8"}'
    where run_number = ${campaign.runNumber} and detail ? 'userAgent'`;
  await reclassifyCampaign(ctx, campaign);
  expect(await runFigures(ctx, campaign)).toMatchObject({ opened: 1, clicked: 0 });
});

test("a click in the second of the receipt stays a person's", async () => {
  const { campaign, ids } = await sentTo(1);
  await db.setClock("2026-11-25T07:05:00Z");
  await acts.click(ids[0] ?? "")();
  const [at] = await db.owner<{ at: Date }[]>`
    select occurred_at as at from delivery_events where run_number = ${campaign.runNumber} and kind = 'clicked'`;
  await read(ids[0] ?? "", "same", at?.at.toISOString() ?? "")();
  await reclassifyCampaign(ctx, campaign);
  expect(await runFigures(ctx, campaign)).toMatchObject({ opened: 1, clicked: 1 });
});

test("receipts, clicks and another look at the rules, all at once, count each reader once and at the first time", async () => {
  const { campaign, ids } = await sentTo(30);
  await db.setClock("2026-11-25T07:05:00Z");
  await Promise.all([
    ...ids.flatMap((id) => [click(id), acts.early(id)()]),
    reclassifyCampaign(ctx, campaign),
    ...ids.map((id) => acts.late(id)()),
    reclassifyCampaign(ctx, campaign),
  ]);
  const [stored, recounted] = await rollupsAndRecount(db.owner, campaign.runNumber);
  expect(stored).toEqual([
    { bucket: new Date("2026-11-25T06:30:00Z"), opened: 30, clicked: 0 },
    { bucket: new Date("2026-11-25T07:00:00Z"), opened: 0, clicked: 30 },
  ]);
  expect(recounted).toEqual(stored);
  await expectRecounted(db.owner, campaign);
});

test("receipts wait while somebody looks at the rules again, so that no mark moves between the reading and the writing", async () => {
  const { campaign, ids } = await sentTo(1);
  const waiting = async () => {
    const [row] = await db.owner<{ n: number }[]>`
      select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    return row?.n;
  };
  const told = await db.owner.begin(async (sql) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${trackingLock(campaign.runNumber)}, 0))`;
    const telling = acts.early(ids[0] ?? "")();
    await expect.poll(waiting, { timeout: 20_000 }).toBe(1);
    return { telling };
  });
  await told.telling;
  expect(await runFigures(ctx, campaign)).toMatchObject({ opened: 1 });
});
