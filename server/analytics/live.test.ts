import { expect, test } from "vitest";
import { numbers } from "@/db/testing/campaign-history";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { requestCallback } from "@/server/callbacks/request";
import { encodePublicId } from "@/server/deliveries";
import { freezeRun } from "@/server/deliveries/freeze-run";
import { grantConsent, makeLaunchedCampaign } from "@/server/deliveries/testing/campaign";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import { drain } from "@/server/deliveries/testing/drain";
import type { Context } from "@/server/platform/context";
import { recordClick, recordOpen } from "@/server/tracking";
import { visit } from "@/server/tracking/testing/ledger";
import { campaignBreakdown } from "./breakdown";
import { campaignAnalytics } from "./campaign";
import { campaignCourse } from "./course";
import { campaignHours } from "./hours";
import { expectPeriod, expectUsual, readRaw } from "./testing/period";
import { messagesOf, summed } from "./testing/recount";
import { workspacePeriod } from "./workspace";

temporaryDataDir();
const db = await testDatabase();
const ZONE_MS = 5.5 * 3_600_000;

/** Every figure of the screens against the rows as they stand now. Returns how many were delivered. */
async function expectRecount(
  ctx: Context,
  { campaignId, runNumber }: { campaignId: string; runNumber: number },
) {
  const messages = await messagesOf(db.owner, runNumber);
  const counts = summed(messages, () => "all").get("all");
  expect((await campaignAnalytics(ctx, { campaignId })).counts).toEqual(counts);
  for (const [by, keyOf] of [
    ["channel", (each: (typeof messages)[number]) => each.channel],
    ["tier", (each: (typeof messages)[number]) => each.tier],
    ["language", (each: (typeof messages)[number]) => each.language],
  ] as const) {
    const { rows } = await campaignBreakdown(ctx, { campaignId, by });
    expect(new Map(rows.map(({ key, label: _, ...row }) => [key, row])), by).toEqual(summed(messages, keyOf));
  }
  const events = await db.owner<{ seq: number; kind: string; at: Date }[]>`
    select seq, kind, occurred_at as at from delivery_events where run_number = ${runNumber} and not machine
      and kind in ('opened', 'clicked') order by occurred_at`;
  const seen = new Set<string>();
  const hours = Array.from({ length: 24 }, (_, hour) => ({ hour, opened: 0, clicked: 0 }));
  for (const { seq, kind, at } of events) {
    const hour = hours[new Date(at.getTime() + ZONE_MS).getUTCHours()];
    if (hour && !seen.has(`${seq} ${kind}`)) hour[kind as "opened" | "clicked"]++;
    seen.add(`${seq} ${kind}`);
  }
  expect(await campaignHours(ctx, { campaignId })).toEqual(hours);
  const { points } = await campaignCourse(ctx, { campaignId, unit: "hour" });
  const period = await workspacePeriod(ctx, { days: 1 });
  for (const name of ["sent", "delivered", "opened", "clicked"] as const) {
    const total = (rows: readonly Record<typeof name, number>[]) =>
      rows.reduce((sum, row) => sum + row[name], 0);
    expect(total(points), name).toBe(counts?.[name]);
    expect(total(period.days), name).toBe(counts?.[name]);
    expect(total(period.shares), name).toBe(counts?.[name]);
  }
  const cost = (rows: readonly { cost: string }[]) =>
    rows.reduce((sum, row) => sum + BigInt(row.cost), 0n).toString();
  expect([cost(points), cost(period.days), cost(period.shares)]).toEqual([
    counts?.cost,
    counts?.cost,
    counts?.cost,
  ]);
  // And what stands beside them: the day before, the usual, and the calls that came of it.
  const raw = await readRaw(db.owner, ctx);
  for (const days of [1, 3]) await expectPeriod(raw, { days });
  expect(await expectUsual(raw, campaignId)).toBe(true);
  return counts?.delivered ?? 0;
}

test("while a campaign is sent and read, every figure equals its rows after each of its micro-batches", async () => {
  await db.setClock("2026-11-20T12:10:00+05:30");
  const ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  await db.owner`update workspaces set time_zone = 'Asia/Kolkata' where id = ${ctx.workspaceId}`;
  const next = numbers(3);
  const tiers = ["gold", "silver", "bronze"];
  await makeCustomers(
    db.owner,
    ctx.workspaceId,
    Array.from({ length: 45 }, () => ({ tier: tiers[next(3)] ?? "gold", language: next(3) ? "en" : "hi" })),
  );
  await grantConsent(db.owner, ctx.workspaceId);
  // Another one the day before, which it is compared with.
  await db.setClock("2026-11-19T12:10:00+05:30");
  await freezeRun(ctx, await makeLaunchedCampaign(db.owner, ctx.workspaceId));
  await drain();
  await db.setClock("2026-11-20T12:10:00+05:30");
  const campaign = await makeLaunchedCampaign(db.owner, ctx.workspaceId);
  await db.owner`update campaigns set launched_at = clock_now() where id = ${campaign.campaignId}`;
  await freezeRun(ctx, campaign);
  const delivered = [await expectRecount(ctx, campaign)];
  for (let minute = 11; (delivered.at(-1) ?? 0) < 45; minute++) {
    await db.setClock(`2026-11-20T12:${minute}:00+05:30`);
    // Each look comes between two micro-batches.
    let windows = 0;
    await drain({
      microBatch: 9,
      stopping: () => windows > 0,
      onRecorded: (_, rows) => {
        if (rows.length > 0) windows++;
      },
    });
    const sent = await db.owner<{ part: number; seq: number }[]>`
      select part, seq from execution_results where run_number = ${campaign.runNumber} and state = 'delivered'`;
    for (const key of sent.filter(() => next(6) === 0)) {
      const id = encodePublicId({ ...key, runNumber: campaign.runNumber });
      await recordOpen(id, visit());
      if (next(2) === 0) await recordClick(id, "0", visit());
      const execution = { ...key, ...campaign };
      if (next(3) === 0)
        await requestCallback(ctx, {
          ...{ phone: `+91982000${1_000 + key.seq}`, requestType: "feedback", source: "form", execution },
        });
    }
    delivered.push(await expectRecount(ctx, campaign));
    expect(minute).toBeLessThan(40);
  }
  // It was looked at in the middle, not only before and after.
  expect(delivered.filter((count) => count > 0 && count < 45).length).toBeGreaterThan(1);
});
