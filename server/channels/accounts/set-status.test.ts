import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { withHotTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { accountFor, closeAdapters } from "..";
import { metaAccount } from "../testing/accounts";
import { openDoor } from "../testing/door";
import { twilioSettings } from "../twilio/testing/fake";
import { webhookAddress } from "../webhook-address";
import { addAccount } from "./add-account";
import { changeAccount, setLimits } from "./change-account";
import { getAccount } from "./get-account";
import { listAccounts } from "./list-accounts";
import { archiveAccount, makeDefault, pauseAccount, resumeAccount, rotateWebhook } from "./set-status";
import { troubleAccount } from "./trouble-account";

const db = await testDatabase();
let door: Awaited<ReturnType<typeof openDoor>>;
let ctx: Context;

beforeAll(async () => {
  door = await openDoor();
});
afterAll(async () => {
  await closeAdapters();
  await door.close();
});
beforeEach(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner, "Suraksha"));
});

const carrying = async (channel: "whatsapp" | "email" | "sms") =>
  (await withHotTransaction(ctx.workspaceId, (sql) => accountFor(sql, ctx.workspaceId, channel))).accountId;

async function makeCampaign(name: string, status: string): Promise<string> {
  const id = newId();
  await db.owner`
    insert into campaigns (id, workspace_id, name, type, goal, category, channels, status, owner_id)
    values (${id}, ${ctx.workspaceId}, ${name}, 'retention', 'engagement', 'festival', '{whatsapp}', ${status}, ${newId()})`;
  return id;
}

/** The campaign's WhatsApp text is a template of the account. */
async function useTemplateOf(accountId: string, campaignId: string): Promise<void> {
  const templateId = newId();
  await db.owner`
    insert into whatsapp_templates (id, workspace_id, account_id, name, language, category, parts)
    values (${templateId}, ${ctx.workspaceId}, ${accountId}, 'diwali', 'en', 'marketing', '{}')`;
  await db.owner`
    update campaigns set bodies = ${db.owner.json({ whatsapp: { en: { templateId } } })} where id = ${campaignId}`;
}

const line = async (id: string) => (await listAccounts(ctx)).accounts.find((account) => account.id === id);

describe("the state of an account", () => {
  test("pauses, resumes and forgets its trouble; health says it in words", async () => {
    const { accountId } = await addAccount(ctx, metaAccount);
    await pauseAccount(ctx, accountId);
    expect((await line(accountId))?.health).toEqual({ state: "paused" });
    await resumeAccount(ctx, accountId);
    await troubleAccount(ctx, accountId, "Meta refused the access token.");
    expect((await line(accountId))?.health).toMatchObject({
      state: "trouble",
      sentence: "Meta refused the access token.",
    });
    await resumeAccount(ctx, accountId);
    expect((await line(accountId))?.health).toEqual({ state: "untried" });
  });

  test("never leaves a channel to chance: the one that carries it cannot be archived", async () => {
    const first = await addAccount(ctx, metaAccount);
    await expect(archiveAccount(ctx, first.accountId)).rejects.toMatchObject({ code: "CONFLICT" });
    const second = await addAccount(ctx, { ...metaAccount, name: "Second" });
    expect(await carrying("whatsapp")).toBe(second.accountId);
    await archiveAccount(ctx, first.accountId);
    expect(await line(first.accountId)).toBeUndefined();
    await expect(resumeAccount(ctx, first.accountId)).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(makeDefault(ctx, first.accountId)).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("is not removed while campaigns go through it, and they are named", async () => {
    const { accountId } = await addAccount(ctx, metaAccount);
    const [running, draft] = [
      await makeCampaign("Diwali offers", "active"),
      await makeCampaign("Not yet", "draft"),
    ];
    expect((await getAccount(ctx, accountId)).usedBy.map(({ id }) => id)).toEqual([running]);
    await expect(archiveAccount(ctx, accountId)).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("“Diwali offers”"),
    });
    const { accountId: second } = await addAccount(ctx, { ...metaAccount, name: "Second" });
    expect((await getAccount(ctx, accountId)).usedBy).toEqual([]);
    await useTemplateOf(accountId, draft);
    await db.owner`update campaigns set status = 'paused' where id = ${draft}`;
    await expect(archiveAccount(ctx, accountId)).rejects.toMatchObject({
      message: expect.stringContaining("“Not yet”"),
    });
    await db.owner`update campaigns set status = 'completed' where id = ${draft}`;
    await archiveAccount(ctx, accountId);
    expect(await carrying("whatsapp")).toBe(second);
  });

  test("shows what it carried since the workspace's midnight, and nothing of yesterday or of another account", async () => {
    const { accountId } = await addAccount(ctx, metaAccount);
    const { accountId: second } = await addAccount(ctx, { ...metaAccount, name: "Second" });
    const count = (account: string, back: string, sent: number, failed: number) => db.owner`
      insert into account_counts (account_id, bucket, workspace_id, sent, failed)
      select ${account}, (date_trunc('day', clock_now() at time zone time_zone) at time zone time_zone) + ${back}::interval,
        id, ${sent}, ${failed} from workspaces where id = ${ctx.workspaceId}`;
    await count(accountId, "-15 minutes", 500, 5);
    await count(accountId, "0 minutes", 40, 3);
    await count(second, "0 minutes", 2, 0);
    expect((await getAccount(ctx, accountId)).today).toEqual({ sent: 40, failed: 3 });
    expect((await getAccount(ctx, second)).today).toEqual({ sent: 2, failed: 0 });
    expect((await listAccounts(ctx)).today).toMatchObject({
      whatsapp: { sent: 42, failed: 3 },
      sms: { sent: 0, failed: 0 },
    });
  });

  test("can go back to the sandbox, whose account nobody archives or edits", async () => {
    await addAccount(ctx, metaAccount);
    const sandbox = (await listAccounts(ctx)).accounts.find(
      ({ channel, provider }) => channel === "whatsapp" && provider === "sandbox",
    );
    if (!sandbox) throw new Error("no sandbox");
    await makeDefault(ctx, sandbox.id);
    expect(await carrying("whatsapp")).toBe(sandbox.id);
    await expect(archiveAccount(ctx, sandbox.id)).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(
      changeAccount(ctx, { accountId: sandbox.id, name: "x", config: {}, secrets: {} }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("two people who choose a default at once leave one", async () => {
    const [one, two] = [
      await addAccount(ctx, { ...metaAccount, makeDefault: false }),
      await addAccount(ctx, { ...metaAccount, makeDefault: false }),
    ];
    await Promise.allSettled([makeDefault(ctx, one.accountId), makeDefault(ctx, two.accountId)]);
    const [row] = await db.owner`
      select count(*)::int as n from channel_accounts where workspace_id = ${ctx.workspaceId} and is_default`;
    expect(row?.n).toBe(1);
  });

  test("its limits are seen by whoever sends next", async () => {
    const { accountId } = await addAccount(ctx, metaAccount);
    await setLimits(ctx, { accountId, ratePerSecond: 2.5, dailyLimit: 900 });
    const account = await withHotTransaction(ctx.workspaceId, (sql) =>
      accountFor(sql, ctx.workspaceId, "whatsapp"),
    );
    expect(account).toMatchObject({ ratePerSecond: 2.5, dailyLimit: 900 });
    await setLimits(ctx, { accountId, ratePerSecond: null, dailyLimit: null });
    const free = await withHotTransaction(ctx.workspaceId, (sql) =>
      accountFor(sql, ctx.workspaceId, "whatsapp"),
    );
    expect(free).toMatchObject({ ratePerSecond: 80, dailyLimit: null });
  });
});

describe("its webhook", () => {
  const shake = async (accountId: string, token: string | null | undefined) => {
    const query = `hub.mode=subscribe&hub.challenge=77&hub.verify_token=${token}`;
    const { status } = await fetch(`${webhookAddress({ id: accountId, provider: "meta" })}?${query}`);
    return status;
  };

  test("gets a new token when somebody asks for one, and the old one is worth nothing", async () => {
    const { accountId } = await addAccount(ctx, metaAccount);
    const before = (await getAccount(ctx, accountId)).webhook;
    await rotateWebhook(ctx, accountId);
    const after = (await getAccount(ctx, accountId)).webhook;
    expect(after?.address).toBe(before?.address);
    expect([await shake(accountId, before?.verifyToken), await shake(accountId, after?.verifyToken)]).toEqual(
      [404, 200],
    );
  });

  test("of Twilio has no token of its own", async () => {
    const { accountSid, from, authToken } = twilioSettings;
    const { accountId } = await addAccount(ctx, {
      ...{ channel: "sms", provider: "twilio", name: "Twilio" },
      ...{ config: { accountSid, from }, secrets: { authToken }, makeDefault: true },
    });
    await expect(rotateWebhook(ctx, accountId)).rejects.toMatchObject({ code: "UNSUPPORTED" });
  });
});
