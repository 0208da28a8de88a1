import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { type CustomerSeed, makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { completeRun } from "./complete-run";
import { freezeRun } from "./freeze-run";
import { listRecipients } from "./list-recipients";
import {
  type CampaignSeed,
  grantConsent,
  type LaunchedCampaign,
  makeLaunchedCampaign,
} from "./testing/campaign";
import { temporaryDataDir } from "./testing/data-dir";
import { drain } from "./testing/drain";
import { expectFigures } from "./testing/expect-figures";

temporaryDataDir();
const db = await testDatabase();
let ctx: Context;

beforeEach(async () => {
  await db.moveClock("0");
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const customers = (seeds: CustomerSeed[]) => makeCustomers(db.owner, ctx.workspaceId, seeds);

async function launch(seed: CampaignSeed): Promise<LaunchedCampaign> {
  const campaign = await makeLaunchedCampaign(db.owner, ctx.workspaceId, seed);
  await freezeRun(ctx, campaign);
  return campaign;
}

const allow = (purpose: "promotional", ...channels: ("email" | "sms")[]) =>
  grantConsent(db.owner, ctx.workspaceId, purpose, channels);

const statesOf = async (campaign: LaunchedCampaign) => {
  const { rows } = await listRecipients(ctx, { campaignId: campaign.campaignId });
  return rows.map(({ state, reason }) => (reason ? `${state} ${reason}` : state));
};

describe("quiet hours", () => {
  const phones = [{ phone: "+919876543210" }, { phone: "+919876543211" }];

  test("hold Indian promotion at 21:00:00 until 10:00, exactly, and it goes then", async () => {
    await customers(phones);
    await allow("promotional", "sms");
    await db.setClock("2026-11-25T20:59:40+05:30");
    const before = await launch({ purpose: "promotional", channels: ["sms"] });
    await drain();
    expect(await statesOf(before)).toEqual(["delivered", "delivered"]);
    await db.setClock("2026-11-25T21:00:00+05:30");
    const held = await launch({ purpose: "promotional", channels: ["sms"] });
    await drain();
    expect(await statesOf(held)).toEqual(["held quiet_hours", "held quiet_hours"]);
    const { rows } = await listRecipients(ctx, { campaignId: held.campaignId });
    expect(rows[0]?.notBefore).toEqual(new Date("2026-11-26T10:00:00+05:30"));
    expect(rows[0]?.detail).toBe("10:00 to 21:00 in IN; it is 21:00 there (Asia/Kolkata)");
    expect(await completeRun(ctx, held)).toBe(false);
    await db.setClock("2026-11-26T09:59:40+05:30");
    await drain();
    expect(await expectFigures(db.owner, ctx, held)).toEqual({ targeted: 2, held: 2 });
    await db.setClock("2026-11-26T10:00:00+05:30");
    await drain();
    expect(await expectFigures(db.owner, ctx, held)).toEqual({ targeted: 2, delivered: 2 });
    expect(await completeRun(ctx, held)).toBe(true);
  });

  test("are those of the customer's zone; a zone that does not exist is the workspace's", async () => {
    const ids = await customers([...phones, { phone: "+919876543212" }]);
    await db.owner`update customers set time_zone = 'Europe/London' where id = ${ids[1] ?? ""}`;
    await db.owner`update customers set time_zone = 'Mumbai' where id = ${ids[2] ?? ""}`;
    await allow("promotional", "sms");
    await db.setClock("2026-11-25T22:00:00+05:30"); // 16:30 in London
    const campaign = await launch({ purpose: "promotional", channels: ["sms"] });
    await drain();
    expect(await statesOf(campaign)).toEqual(["held quiet_hours", "delivered", "held quiet_hours"]);
  });

  test("are the workspace's own where it has any, and mail has none", async () => {
    await customers([{ phone: "+919876543210" }]);
    await allow("promotional", "sms", "email");
    await db.owner`insert into sending_windows ${db.owner({
      workspace_id: ctx.workspaceId,
      country: "IN",
      channel: "sms",
      purpose: "promotional",
      valid_from: "2026-11-01",
      from_minute: 600,
      to_minute: 720,
      days: [1, 2, 3, 4, 5],
    })}`;
    await db.setClock("2026-11-27T12:00:00+05:30"); // a Friday
    const sms = await launch({ purpose: "promotional", channels: ["sms"] });
    const mail = await launch({ purpose: "promotional" });
    await drain();
    expect([...(await statesOf(sms)), ...(await statesOf(mail))]).toEqual(["held quiet_hours", "delivered"]);
    const { rows } = await listRecipients(ctx, { campaignId: sms.campaignId });
    expect(rows[0]?.notBefore).toEqual(new Date("2026-11-30T10:00:00+05:30"));
  });
});
