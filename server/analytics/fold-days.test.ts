import { expect, test, vi } from "vitest";
import { numbers } from "@/db/testing/campaign-history";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { makeLaunchedCampaign } from "@/server/deliveries/testing/campaign";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import { dayIn } from "@/server/platform/days";
import { changeSettings } from "@/server/workspaces/change-settings";
import { campaignBreakdown } from "./breakdown";
import { foldDays, foldNext, workspacesToFold } from "./fold-days";
import { unfolded } from "./testing/unfolded";
import { workspacePeriod } from "./workspace";

temporaryDataDir();
const db = await testDatabase();
type Member = Awaited<ReturnType<typeof makeMember>>;

const QUARTER_MS = 15 * 60_000;
const first = Date.parse("2026-11-20T00:00:00+05:30");

/** A workspace at noon of the 23rd with a campaign that sent one message in each quarter of an hour since the 20th. */
async function arrange() {
  await db.setClock("2026-11-23T12:00:00+05:30");
  const ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  const { campaignId, runNumber } = await makeLaunchedCampaign(db.owner, ctx.workspaceId);
  const row = (nth: number) => ({
    ...{ workspace_id: ctx.workspaceId, run_number: runNumber, campaign_id: campaignId, channel: "email" },
    bucket: new Date(first + nth * QUARTER_MS),
  });
  const quarters = Array.from({ length: 84 * 4 }, (_, nth) => row(nth));
  await db.owner`insert into run_rollups ${db.owner(quarters.map((each) => ({ ...each, sent: 1 })))}`;
  await db.owner`insert into conversion_rollups ${db.owner(quarters.map((each) => ({ ...each, converted: 1 })))}`;
  return { ctx, campaignId, runNumber, row };
}

/** What the days of a period show, and what the roll-ups hold of each, as the owner sees them now. */
async function shownAndHeld(ctx: Member, zone = "Asia/Kolkata") {
  const { days } = await workspacePeriod(ctx, { days: 10 });
  const sums = async (table: string, column: string) => {
    const sum = new Map<string, number>();
    for (const { bucket, n } of await db.owner<{ bucket: Date; n: number }[]>`
      select bucket, ${db.owner(column)} as n from ${db.owner(table)} where workspace_id = ${ctx.workspaceId}`)
      sum.set(dayIn(zone, bucket), (sum.get(dayIn(zone, bucket)) ?? 0) + n);
    return sum;
  };
  const sent = await sums("run_rollups", "sent");
  const converted = await sums("conversion_rollups", "converted");
  return [
    days.map((day) => [day.at, day.sent, day.converted]),
    days.map(({ at }) => [at, sent.get(at) ?? 0, converted.get(at) ?? 0]),
  ] as const;
}

async function expectShown(ctx: Member, zone?: string): Promise<void> {
  const [shown, held] = await shownAndHeld(ctx, zone);
  expect(shown).toEqual(held);
}

const sentOn = async (ctx: Member, day: string): Promise<number | undefined> =>
  (await workspacePeriod(ctx, { days: 10 })).days.find(({ at }) => at === day)?.sent;

const waiting = (count: number) =>
  vi.waitFor(async () => {
    const [row] = await db.owner`
      select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    expect(row?.n).toBe(count);
  }, 20_000);

test("a folded day is what is read, until one of its roll-ups moves; other days and today are not of it", async () => {
  const { ctx, runNumber, row } = await arrange();
  await foldDays(ctx);
  await db.owner`update campaign_days set sent = sent + 1000 where workspace_id = ${ctx.workspaceId}`;
  const shown = async () =>
    (await workspacePeriod(ctx, { days: 4 })).days.map(({ at, sent }) => `${at.slice(8)}: ${sent}`);
  expect(await shown()).toEqual(["20: 1096", "21: 1096", "22: 1096", "23: 48"]);
  await db.owner`update run_rollups set sent = 5 where run_number = ${runNumber} and bucket = ${row(0).bucket}`;
  await db.owner`update conversion_rollups set converted = 5 where run_number = ${runNumber} and bucket = ${row(100).bucket}`;
  expect(await shown()).toEqual(["20: 100", "21: 96", "22: 1096", "23: 48"]);
  await foldDays(ctx);
  expect(await shown()).toEqual(["20: 100", "21: 96", "22: 1096", "23: 48"]);
  // The day is over: it is folded with the others.
  await db.setClock("2026-11-24T00:10:00+05:30");
  expect(await workspacesToFold()).toContain(ctx.workspaceId);
  await foldDays(ctx);
  expect(await workspacesToFold()).not.toContain(ctx.workspaceId);
  await db.owner`update campaign_days set sent = sent + 1000 where workspace_id = ${ctx.workspaceId}`;
  expect(await shown()).toEqual(["21: 1096", "22: 2096", "23: 1048", "24: 0"]);
});

test("a fold passes by what is being written, and the change counts once when it is there", async () => {
  const { ctx, runNumber, row } = await arrange();
  await foldDays(ctx);
  await db.owner`update run_rollups set sent = sent + 1 where run_number = ${runNumber} and bucket = ${row(8).bucket}`;
  await db.owner.begin(async (tx) => {
    // One that its day has counted, one that it has not, and one that is new.
    await tx`update run_rollups set sent = sent + 7 where run_number = ${runNumber}
      and bucket in ${tx([row(3).bucket, row(8).bucket])}`;
    await tx`insert into run_rollups ${tx({ ...row(4), variant: 1, sent: 30 })}`;
    // Another one of the same day moves, so that the fold has something to do there.
    await db.owner`update run_rollups set sent = sent + 2 where run_number = ${runNumber} and bucket = ${row(5).bucket}`;
    await foldDays(ctx);
    expect(await sentOn(ctx, "2026-11-20")).toBe(96 + 1 + 2);
  });
  expect(await sentOn(ctx, "2026-11-20")).toBe(96 + 1 + 14 + 30 + 2);
  await expectShown(ctx);
  await foldDays(ctx);
  expect(await unfolded(db.owner, ctx.workspaceId, "2026-11-22T18:30:00Z")).toBe(0);
  expect(await sentOn(ctx, "2026-11-20")).toBe(96 + 1 + 14 + 30 + 2);
  await expectShown(ctx);
});

test("who writes a roll-up that is being folded waits, and takes it out of its day", async () => {
  const { ctx, runNumber, row } = await arrange();
  await foldDays(ctx);
  await db.owner`update run_rollups set sent = sent + 2 where run_number = ${runNumber} and bucket = ${row(3).bucket}`;
  const written = await withTransaction(ctx, async (tx) => {
    await foldNext(tx, ctx, "-infinity");
    // One that is locked by the fold, one that it had counted before, and one that it has never seen.
    const late = db.owner`insert into run_rollups ${db.owner([row(2), row(3), row(5)].map((each) => ({ ...each, sent: 100 })))}
      on conflict (workspace_id, run_number, bucket, channel, variant) do update set sent = run_rollups.sent + excluded.sent`;
    const sent = late.execute();
    await db.owner`insert into run_rollups ${db.owner({ ...row(6), variant: 1, sent: 1_000 })}`;
    await waiting(1);
    return [sent] as const;
  });
  await written[0];
  expect(await sentOn(ctx, "2026-11-20")).toBe(96 + 2 + 300 + 1_000);
  await expectShown(ctx);
  await foldDays(ctx);
  expect(await unfolded(db.owner, ctx.workspaceId, "2026-11-22T18:30:00Z")).toBe(0);
  await expectShown(ctx);
});

test("two do not fold a workspace at once, and the one that comes second loses nothing", async () => {
  const { ctx, runNumber, row } = await arrange();
  await withTransaction(ctx, async (tx) => {
    await foldNext(tx, ctx, "-infinity");
    await foldNext(tx, ctx, "-infinity");
    await db.owner`insert into run_rollups ${db.owner({ ...row(6), variant: 1, sent: 10 })}`;
    expect(await foldDays(ctx)).toEqual({ done: true });
  });
  await expectShown(ctx);
  await foldDays(ctx);
  expect(await sentOn(ctx, "2026-11-20")).toBe(106);
  await expectShown(ctx);
  await db.owner`update run_rollups set sent = 0 where run_number = ${runNumber} and bucket = ${row(6).bucket}`;
  await expectShown(ctx);
});

test("while many write at once and days are folded, every look and the end equal the roll-ups", async () => {
  const { ctx, row } = await arrange();
  const next = numbers(7);
  for (let round = 0; round < 12; round++) {
    const write = async () => {
      for (let nth = 0; nth < 8; nth++) {
        // As the product does: in the order of the key, several at once.
        const rows = [...new Set([next(330), next(330), next(330)])].toSorted((a, b) => a - b);
        await db.owner`
          insert into run_rollups ${db.owner(rows.map((each) => ({ ...row(each), variant: next(2), sent: 1 + next(9) })))}
          on conflict (workspace_id, run_number, bucket, channel, variant) do update set sent = run_rollups.sent + excluded.sent`;
      }
    };
    await Promise.all([write(), write(), foldDays(ctx), write(), foldDays(ctx)]);
    await expectShown(ctx);
    if (round % 4 === 3) {
      const timeZone = round % 8 === 3 ? "Pacific/Auckland" : "Asia/Kolkata";
      await Promise.all([write(), changeSettings(ctx, { timeZone }), foldDays(ctx), write()]);
      await expectShown(ctx, timeZone);
      await changeSettings(ctx, { timeZone: "Asia/Kolkata" });
    }
  }
  await foldDays(ctx);
  expect(await unfolded(db.owner, ctx.workspaceId, "2026-11-22T18:30:00Z")).toBe(0);
  await expectShown(ctx);
}, 60_000);

test("a fold that is killed leaves everything as it was, and the next one does it", async () => {
  const { ctx } = await arrange();
  const killed = withTransaction(ctx, async (tx) => {
    await foldNext(tx, ctx, "-infinity");
    await foldNext(tx, ctx, "-infinity");
    const [row] = await tx.execute<{ pid: number }>("select pg_backend_pid() as pid");
    await db.owner`select pg_terminate_backend(${row?.pid ?? 0})`;
  });
  await expect(killed).rejects.toThrow();
  expect(await unfolded(db.owner, ctx.workspaceId, "2026-11-22T18:30:00Z")).toBe(3 * 96 * 2);
  await expectShown(ctx);
  await foldDays(ctx);
  expect(await unfolded(db.owner, ctx.workspaceId, "2026-11-22T18:30:00Z")).toBe(0);
  await expectShown(ctx);
});

test("a day is cut again for another zone beside writers, and read from roll-ups until it is", async () => {
  const { ctx, runNumber, row } = await arrange();
  await foldDays(ctx);
  await changeSettings(ctx, { timeZone: "Asia/Kathmandu" });
  await expectShown(ctx, "Asia/Kathmandu");
  await db.owner.begin(async (tx) => {
    await tx`update run_rollups set sent = sent + 7 where run_number = ${runNumber} and bucket = ${row(3).bucket}`;
    await tx`select from run_rollups where run_number = ${runNumber} for update`;
    await tx`select from conversion_rollups where run_number = ${runNumber} for update`;
    // What is being written cannot be taken out of its day: the days of before stand until it can.
    expect(await foldDays(ctx)).toEqual({ done: true });
    await expectShown(ctx, "Asia/Kathmandu");
  });
  await expectShown(ctx, "Asia/Kathmandu");
  // Back to the zone of the days that still stand.
  await changeSettings(ctx, { timeZone: "Asia/Kolkata" });
  await expectShown(ctx);
  await changeSettings(ctx, { timeZone: "Asia/Kathmandu" });
  await foldDays(ctx);
  await expectShown(ctx, "Asia/Kathmandu");
  const [days] = await db.owner`
    select count(*)::int as n, min(day)::text as first from campaign_days where workspace_id = ${ctx.workspaceId}`;
  expect(days).toEqual({ n: 3, first: "2026-11-20" });
});

test("folding a day changes nothing that was counted from rows, and no workspace but its own", async () => {
  const { ctx, campaignId } = await arrange();
  const other = await arrange();
  const before = await campaignBreakdown(ctx, { campaignId, by: "channel" });
  const kept = () =>
    db.owner`select version, counted_at from analytics_counts where campaign_id = ${campaignId}`;
  const then = [...(await kept())];
  await foldDays(ctx);
  expect(await campaignBreakdown(ctx, { campaignId, by: "channel" })).toEqual(before);
  expect([...(await kept())]).toEqual(then);
  expect(await unfolded(db.owner, ctx.workspaceId, "2026-11-22T18:30:00Z")).toBe(0);
  expect(await unfolded(db.owner, other.ctx.workspaceId, "2026-11-22T18:30:00Z")).toBe(3 * 96 * 2);
  const advisor = await makeMember(db.owner, ctx.workspaceId, "advisor");
  expect((await workspacePeriod(advisor, { days: 10 })).days.every(({ sent }) => sent === 0)).toBe(true);
});

test("a roll-up that its day has counted cannot be deleted", async () => {
  const { ctx } = await arrange();
  await foldDays(ctx);
  await expect(db.owner`delete from run_rollups where workspace_id = ${ctx.workspaceId}`).rejects.toThrow(
    /never deleted/,
  );
});
