import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { freezeRun } from "./freeze-run";
import { grantConsent, type LaunchedCampaign, makeLaunchedCampaign, recount } from "./testing/campaign";
import { temporaryDataDir } from "./testing/data-dir";
import { drain } from "./testing/drain";
import { silentProvider } from "./testing/provider";

temporaryDataDir();
const db = await testDatabase();
let ctx: Context;

beforeEach(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  await makeCustomers(db.owner, ctx.workspaceId, [{ phone: "+919812345678" }, { phone: "+919812345679" }]);
  await grantConsent(db.owner, ctx.workspaceId, "service", ["email", "whatsapp"]);
  // At any hour.
  await db.owner`
    insert into sending_windows (workspace_id, country, channel, purpose, valid_from, from_minute, to_minute, days)
    values (${ctx.workspaceId}, 'IN', 'whatsapp', 'service', '2000-01-01', 0, 1440, '{1,2,3,4,5,6,7}')`;
});

async function launch(channel: "whatsapp" | "email"): Promise<LaunchedCampaign> {
  const campaign = await makeLaunchedCampaign(db.owner, ctx.workspaceId, { channels: [channel] });
  await freezeRun(ctx, campaign);
  return campaign;
}

const statusOf = async ({ campaignId }: LaunchedCampaign) => {
  const [row] = await db.owner`select status, failure from campaigns where id = ${campaignId}`;
  return row as { status: string; failure: string | null };
};
const accountOf = async (channel: string) => {
  const [row] = await db.owner`
    select status, trouble from channel_accounts where workspace_id = ${ctx.workspaceId} and channel = ${channel}
      and provider = 'sandbox'`;
  return row as { status: string; trouble: string | null };
};
const refusing = (scope: "account" | "content") =>
  silentProvider((_publicId, address) =>
    address.startsWith("+")
      ? {
          ...{ kind: "configuration", scope, begun: true, detail: "refused" },
          sentence: "The provider refuses this. Mend it, then resume.",
        }
      : { kind: "accepted", delivered: true, providerMessageId: null },
  );

describe("what is set up wrongly stops what it concerns, and nothing else", () => {
  test("a credential: the account pauses, its campaigns stay active and lose nothing, other channels go on", async () => {
    const [whatsapp, mail] = [await launch("whatsapp"), await launch("email")];
    await drain({ adapter: refusing("account") });
    expect(await accountOf("whatsapp")).toEqual({
      status: "paused",
      trouble: "The provider refuses this. Mend it, then resume.",
    });
    expect(await accountOf("email")).toMatchObject({ status: "active" });
    expect([(await statusOf(whatsapp)).status, (await statusOf(mail)).status]).toEqual(["active", "active"]);
    expect(await recount(db.owner, mail.runNumber)).toEqual({ targeted: 2, delivered: 2 });
    await db.owner`update channel_accounts set status = 'active' where workspace_id = ${ctx.workspaceId}`;
    await drain();
    expect(await recount(db.owner, whatsapp.runNumber)).toEqual({ targeted: 2, delivered: 2 });
  });

  test("a template at the provider: its campaign pauses with the sentence, the account and the others go on", async () => {
    const refused = await launch("whatsapp");
    await drain({ adapter: refusing("content") });
    expect(await statusOf(refused)).toEqual({
      status: "paused",
      failure: "The provider refuses this. Mend it, then resume.",
    });
    expect(await accountOf("whatsapp")).toMatchObject({ status: "active", trouble: null });
    const other = await launch("whatsapp");
    await drain();
    expect(await recount(db.owner, other.runNumber)).toEqual({ targeted: 2, delivered: 2 });
    await db.owner`update campaigns set status = 'active' where id = ${refused.campaignId}`;
    await drain();
    expect(await recount(db.owner, refused.runNumber)).toEqual({ targeted: 2, delivered: 2 });
  });

  test("a template that WhatsApp paused before the message goes: the campaign waits, and nobody is skipped", async () => {
    const campaign = await launch("whatsapp");
    const templateId = newId();
    await db.owner`
      insert into whatsapp_templates (id, workspace_id, account_id, name, language, category, parts, approval)
      select ${templateId}, workspace_id, id, 'renewal_reminder', 'en', 'utility', '{}', 'paused' from channel_accounts
      where workspace_id = ${ctx.workspaceId} and channel = 'whatsapp'`;
    await drain();
    expect(await statusOf(campaign)).toMatchObject({
      status: "paused",
      failure: expect.stringContaining("“renewal_reminder” is paused now"),
    });
    expect(await recount(db.owner, campaign.runNumber)).toEqual({ targeted: 2, pending: 2 });
    await db.owner`update whatsapp_templates set approval = 'approved' where id = ${templateId}`;
    await db.owner`update campaigns set status = 'active' where id = ${campaign.campaignId}`;
    await drain();
    expect(await recount(db.owner, campaign.runNumber)).toEqual({ targeted: 2, delivered: 2 });
  });
});
