import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { troubleAccount } from "@/server/channels";
import type { Context } from "@/server/platform/context";
import { findHoldUps } from "./hold-ups";
import { makeLaunchedCampaign } from "./testing/campaign";

const db = await testDatabase();
let ctx: Context;
let campaignId: string;

beforeEach(async () => {
  env.SMTP_URL = undefined;
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  ({ campaignId } = await makeLaunchedCampaign(db.owner, ctx.workspaceId, {
    channels: ["whatsapp", "email"],
  }));
});

const accountOf = async (channel: string): Promise<string> => {
  const [row] = await db.owner`
    select id from channel_accounts where workspace_id = ${ctx.workspaceId} and channel = ${channel} and provider = 'sandbox'`;
  return row?.id;
};

test("a campaign says which accounts and which stop hold it up, and nothing of channels that it does not use", async () => {
  expect(await findHoldUps(ctx, campaignId)).toEqual({ stoppedAt: null, accounts: [] });
  const whatsapp = await accountOf("whatsapp");
  await troubleAccount(ctx, whatsapp, "Meta refused the access token.");
  await troubleAccount(ctx, await accountOf("sms"), "MSG91 refused the key.");
  await db.owner`update channel_accounts set status = 'paused' where id = ${await accountOf("email")}`;
  await db.owner`update workspaces set sending_stopped_at = clock_now() where id = ${ctx.workspaceId}`;
  expect(await findHoldUps(ctx, campaignId)).toMatchObject({
    stoppedAt: expect.any(String),
    accounts: [
      { channel: "email", sentence: null },
      { id: whatsapp, channel: "whatsapp", sentence: "Meta refused the access token." },
    ],
  });
});

test("it is told to readers of campaigns, and a foreign campaign is not there", async () => {
  const agent = await makeMember(db.owner, ctx.workspaceId, "agent");
  await expect(findHoldUps(agent, campaignId)).rejects.toMatchObject({ code: "FORBIDDEN" });
  const other = await makeMember(db.owner, await makeWorkspace(db.owner));
  await expect(findHoldUps(other, campaignId)).rejects.toMatchObject({ code: "NOT_FOUND" });
});
