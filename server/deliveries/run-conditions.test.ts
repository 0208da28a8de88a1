import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { changeLimits } from "@/server/campaigns/change-limits";
import { limitsInput } from "@/server/campaigns/schemas";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { freezeRun } from "./freeze-run";
import { runConditions } from "./run-conditions";
import { type CampaignSeed, grantConsent, makeLaunchedCampaign } from "./testing/campaign";
import { temporaryDataDir } from "./testing/data-dir";
import { drain } from "./testing/drain";
import { expectFigures } from "./testing/expect-figures";

temporaryDataDir();
const db = await testDatabase();
let ctx: Context;
let marketer: Context;

beforeEach(async () => {
  await db.moveClock("0");
  const workspaceId = await makeWorkspace(db.owner);
  ctx = await makeMember(db.owner, workspaceId);
  marketer = await makeMember(db.owner, workspaceId, "marketer");
});

async function launch(size: number, seed: CampaignSeed = {}) {
  const phones = Array.from({ length: size }, (_, n) => ({ phone: `+9198765${43210 + n}` }));
  await makeCustomers(db.owner, ctx.workspaceId, phones);
  const purpose = seed.purpose ?? "service";
  await grantConsent(db.owner, ctx.workspaceId, purpose, seed.channels ?? ["email"]);
  const campaign = await makeLaunchedCampaign(db.owner, ctx.workspaceId, seed);
  await freezeRun(ctx, campaign);
  return campaign;
}

const auditOf = async (...actions: string[]) => {
  const rows = await db.owner<{ action: string }[]>`
    select action from audit_entries where workspace_id = ${ctx.workspaceId} and action = any(${actions}) order by at`;
  return rows.map(({ action }) => action);
};

describe("what a campaign waits for", () => {
  test("is said with its reason and its hour, beside its pace, its money and the account that carries it", async () => {
    await db.setClock("2026-11-25T21:00:00+05:30");
    const campaign = await launch(3, {
      purpose: "promotional",
      channels: ["sms"],
      budget: 5_000_000n,
      ratePerSecond: 20,
    });
    await drain();
    const conditions = await runConditions(marketer, campaign);
    expect(conditions.waiting).toEqual([
      { state: "held", reason: "quiet_hours", count: 3, until: new Date("2026-11-26T10:00:00+05:30") },
    ]);
    expect(conditions).toMatchObject({
      ratePerSecond: 20,
      budget: "5000000",
      reserved: "0",
      currency: "INR",
    });
    expect(conditions.accounts).toMatchObject([{ channel: "sms", provider: "sandbox" }]);
  });

  test("is not told of another workspace's campaign, nor to those who may not read campaigns", async () => {
    const campaign = await launch(1);
    const stranger = await makeMember(db.owner, await makeWorkspace(db.owner));
    await expect(runConditions(stranger, campaign)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const agent = await makeMember(db.owner, ctx.workspaceId, "agent");
    await expect(runConditions(agent, campaign)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("pace and budget of a running campaign", () => {
  const limits = (id: string, ratePerSecond: string, budget: string) =>
    limitsInput.parse({ id, ratePerSecond, budget });

  const MAIL = 11_800n; // ₹0.01 and 18 % tax

  test("can be set later: what went before counts, to the last message, and the change is audited", async () => {
    const campaign = await launch(40);
    const id = campaign.campaignId;
    const set = (status: string) => db.owner`update campaigns set status = ${status} where id = ${id}`;
    let recorded = 0;
    await drain({
      microBatch: 5,
      stopping: () => recorded >= 10,
      onRecorded: (_, rows) => {
        recorded += rows.length;
      },
    });
    const { delivered: before = 0 } = await expectFigures(db.owner, ctx, campaign);
    expect(before).toBeGreaterThanOrEqual(10);
    const budget = limits(id, "500", "");
    const cents = { ...budget, budget: MAIL * BigInt(before + 3) };
    await expect(changeLimits(marketer, cents)).rejects.toMatchObject({ code: "CONFLICT" });
    await set("paused");
    await changeLimits(marketer, cents);
    await set("active");
    await drain({ microBatch: 5 });
    const { delivered } = await expectFigures(db.owner, ctx, campaign);
    expect(delivered).toBe(before + 3);
    expect(await runConditions(ctx, campaign)).toMatchObject({
      ratePerSecond: 500,
      reserved: String(MAIL * BigInt(before + 3)),
    });
    expect(await auditOf("campaign.limits_changed")).toEqual(["campaign.limits_changed"]);
  });

  test("are words that a person types, and no change for those who may not, or after the end", async () => {
    const campaign = await launch(1);
    const id = campaign.campaignId;
    expect(limits(id, "", "")).toEqual({ id, ratePerSecond: null, budget: null });
    expect(limits(id, "2.5", "₹1,25,000")).toEqual({ id, ratePerSecond: 2.5, budget: 125_000_000_000n });
    for (const [rate, budget] of [
      ["-1", ""],
      ["0", ""],
      ["fast", ""],
      ["", "much"],
    ] as const)
      expect(limitsInput.safeParse({ id, ratePerSecond: rate, budget }).success).toBe(false);
    const agent = await makeMember(db.owner, ctx.workspaceId, "agent");
    await expect(changeLimits(agent, limits(id, "1", ""))).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(changeLimits(ctx, limits(newId(), "1", ""))).rejects.toMatchObject({ code: "NOT_FOUND" });
    await db.owner`update campaigns set status = 'completed' where id = ${id}`;
    await expect(changeLimits(ctx, limits(id, "1", ""))).rejects.toMatchObject({ code: "CONFLICT" });
  });
});
