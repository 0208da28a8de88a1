import { beforeAll, describe, expect, test } from "vitest";
import { makeCalls } from "@/db/testing/call-history";
import { makeHistory } from "@/db/testing/campaign-history";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import { campaignBreakdown } from "./breakdown";
import { campaignAnalytics } from "./campaign";
import { changeEconomics } from "./change-economics";
import { campaignCourse } from "./course";
import { campaignHoldOut } from "./hold-out";
import { campaignHours } from "./hours";
import { addCounts, moneyOf, noCounts, rateOf, rates, sumShares } from "./status";

import { expectPeriod, expectUsual, readRaw } from "./testing/period";
import { type Message, messagesOf, summed } from "./testing/recount";
import { workspacePeriod } from "./workspace";

temporaryDataDir();
const db = await testDatabase();
/** A history is hundreds of acts, one after the other, on a machine that may have other work. */
const HISTORY_MS = 120_000;
const keys: Record<"channel" | "variant" | "language" | "city" | "tier", (message: Message) => string> = {
  channel: ({ channel }) => channel,
  variant: ({ variant }) => String(variant),
  language: ({ language }) => language,
  city: ({ city }) => city ?? "",
  tier: ({ tier }) => tier,
};

describe.each([1, 2, 3])("after random history %i", (seed) => {
  let ctx: Awaited<ReturnType<typeof makeHistory>>["ctx"];
  let campaigns: Awaited<ReturnType<typeof makeHistory>>["campaigns"];
  beforeAll(async () => {
    ({ ctx, campaigns } = await makeHistory(db, seed));
    const runs = campaigns.map(({ runNumber }) => runNumber);
    await makeCalls(db, ctx, { runs, seed });
  }, HISTORY_MS);

  test("every figure of a campaign equals a recount of its raw rows", async () => {
    for (const { campaignId, runNumber } of campaigns) {
      const all = await messagesOf(db.owner, runNumber);
      const treated = all.filter(({ arm }) => arm === "treated");
      const counts = summed(treated, () => "all").get("all");
      const shown = await campaignAnalytics(ctx, { campaignId });
      expect(shown.counts).toEqual(counts);

      for (const [by, keyOf] of Object.entries(keys)) {
        const { rows } = await campaignBreakdown(ctx, { campaignId, by: by as keyof typeof keys });
        const listed = new Map(rows.map(({ key, label: _, ...row }) => [key, row]));
        expect(listed, by).toEqual(summed(treated, keyOf));
      }

      const course = await campaignCourse(ctx, { campaignId, unit: "day" });
      const totalOf = (name: "sent" | "delivered" | "opened" | "clicked" | "converted") =>
        course.points.reduce((sum, point) => sum + point[name], 0);
      for (const name of ["sent", "delivered", "opened", "clicked", "converted"] as const)
        expect(totalOf(name), name).toBe(counts?.[name]);
      expect(course.points.reduce((sum, { revenue }) => sum + BigInt(revenue), 0n).toString()).toBe(
        counts?.revenue,
      );
      const hours = await campaignHours(ctx, { campaignId });
      expect(hours.reduce((sum, { opened }) => sum + opened, 0)).toBe(counts?.opened);

      await expectHoldOut(ctx, { campaignId, runNumber, all });

      const period = await workspacePeriod(ctx, { days: 30 });
      const [sum] = sumShares(
        period.shares.filter((share) => share.campaignId === campaignId),
        () => ({ key: "all", label: "" }),
      );
      // Of a period, nobody knows for how many a message was meant.
      expect(sum).toMatchObject({ ...counts, targeted: 0 });
    }
    const { days, shares } = await workspacePeriod(ctx, { days: 30 });
    const all = shares.reduce(addCounts, noCounts);
    for (const name of ["sent", "delivered", "opened", "clicked", "converted"] as const)
      expect(
        days.reduce((total, day) => total + day[name], 0),
        name,
      ).toBe(all[name]);
  });

  test("periods, what was before them, the usual and the calls equal a recount of raw rows", async () => {
    const raw = await readRaw(db.owner, ctx);
    for (const [days, until] of [
      [1, "2026-11-20"],
      [1, "2026-11-21"],
      [1, "2026-11-22"],
      [2, "2026-11-23"],
      [3, "2026-11-25"],
      [7, "2026-11-29"],
      [30, undefined],
    ] as const)
      await expectPeriod(raw, { days, ...(until && { until }) });
    // The usual of 90 days, as its older end moves through what happened.
    let compared = 0;
    for (const now of [
      "2026-11-26T12:30:00+05:30",
      "2027-02-18T12:10:00+05:30",
      "2027-02-19T12:20:00+05:30",
      "2027-02-20T19:07:00+05:30",
      "2027-02-22T03:44:00+05:30",
      "2027-03-01T12:00:00+05:30",
    ]) {
      await db.setClock(now);
      for (const { campaignId } of campaigns) compared += Number(await expectUsual(raw, campaignId));
    }
    expect(compared).toBeGreaterThan(5);

    // What answers customers, and what carries the queue's messages, is nothing to compare a campaign with.
    const [answering, carrying, ...others] = campaigns.map(({ campaignId }) => campaignId);
    await db.owner`update campaigns set answers = true where id = ${answering ?? ""}`;
    await db.owner`update campaigns set carries = 'callbacks', status = 'completed' where id = ${carrying ?? ""}`;
    await db.setClock("2026-11-26T12:30:00+05:30");
    for (const campaignId of others) await expectUsual(raw, campaignId);
    const { shares } = await workspacePeriod(ctx, { days: 30 });
    const carriers = new Set(shares.filter(({ carrier }) => carrier).map(({ campaignId }) => campaignId));
    expect([...carriers]).toEqual(expect.arrayContaining([answering, carrying]));
    expect(others.filter((campaignId) => carriers.has(campaignId))).toEqual([]);
  });
});

type Case = { campaignId: string; runNumber: number; all: Message[] };

/** Recounted from every conversion of the workspace, credited or not. */
async function expectHoldOut(
  ctx: Parameters<typeof campaignHoldOut>[0],
  { campaignId, runNumber, all }: Case,
) {
  const shown = await campaignHoldOut(ctx, { campaignId });
  const held = all.filter(({ arm }) => arm === "held_out");
  if (held.length === 0) return expect(shown).toBeNull();
  const [run] = await db.owner<
    { at: Date }[]
  >`select frozen_at as at from campaign_runs where number = ${runNumber}`;
  const conversions = await db.owner<{ customer_id: string; occurred_at: Date; only: string | null }[]>`
    select customer_id, occurred_at, only_campaign_id as only from conversions where workspace_id = ${ctx.workspaceId} and discounted_for is null`;
  const begin = run?.at.getTime() ?? 0;
  const inTime = new Set(
    conversions
      // A sale on a call that another campaign brought is that one's alone.
      .filter(({ only }) => only === null || only === campaignId)
      .filter(({ occurred_at: at }) => at.getTime() >= begin && at.getTime() < begin + 3 * 86_400_000)
      .map((each) => each.customer_id),
  );
  const armOf = (messages: Message[]) => {
    const people = new Set(messages.map(({ customerId }) => customerId));
    return { x: [...people].filter((id) => inTime.has(id)).length, n: people.size };
  };
  const treated = armOf(all.filter(({ arm }) => arm === "treated"));
  const heldOut = armOf(held);
  expect(shown).toMatchObject({ treated, heldOut, days: 3 });
  expect(shown?.lift?.difference).toBeCloseTo(treated.x / treated.n - heldOut.x / heldOut.n, 12);
}

describe("money", () => {
  test("follows the definitions, and has no figure on a zero denominator", () => {
    const economics = { messageCost: "40000000", fixedCost: "60000000", margin: 0.25 };
    const counts = { ...noCounts, revenue: "1000000000", conversions: 8 };
    expect(moneyOf(economics, counts)).toEqual({
      cost: "100000000",
      roi: 1.5,
      roas: 10,
      cpa: "12500000",
      breakEven: "400000000",
    });
    expect(moneyOf({ messageCost: "0", fixedCost: "0", margin: null }, noCounts)).toEqual({
      cost: "0",
      roi: null,
      roas: null,
      cpa: null,
      breakEven: null,
    });
    for (const name of Object.keys(rates) as (keyof typeof rates)[])
      expect(rateOf(name, noCounts)).toBeNull();
  });

  test("a fixed cost and a margin change the figures, are audited, and are for editors of the workspace only", async () => {
    const { ctx, campaigns } = await makeHistory(db, 4);
    const campaignId = campaigns[0]?.campaignId ?? "";
    await changeEconomics(ctx, { campaignId, fixedCost: "12,500.50", margin: "35" });
    const { economics } = await campaignAnalytics(ctx, { campaignId });
    expect(economics).toMatchObject({ fixedCost: "12500500000", margin: 0.35 });
    const [entry] = await db.owner`
      select before, after from audit_entries where action = 'campaign.economics_changed' and subject_id = ${campaignId}`;
    expect(entry).toEqual({
      before: { fixedCost: null, margin: null },
      after: { fixedCost: "12500500000", margin: 0.35 },
    });
    await expect(changeEconomics(ctx, { campaignId, fixedCost: "", margin: "0" })).rejects.toThrow();
    const stranger = await makeMember(db.owner, await makeWorkspace(db.owner));
    const given = { campaignId, fixedCost: "1", margin: "" };
    await expect(changeEconomics(stranger, given)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(campaignAnalytics(stranger, { campaignId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const agent = await makeMember(db.owner, ctx.workspaceId, "agent");
    await expect(campaignAnalytics(agent, { campaignId })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(changeEconomics(agent, given)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
