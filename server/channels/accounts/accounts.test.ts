import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { withHotTransaction } from "@/db/transaction";
import { env } from "@/env";
import { type Sink, startSink } from "@/server/deliveries/testing/sink";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { accountFor, closeAdapters } from "..";
import { MetaFake, metaSettings } from "../meta/testing/fake";
import { processReceipts } from "../receipts/process";
import type { AddAccountInput } from "../schemas";
import { openDoor } from "../testing/door";
import { TwilioFake, twilioSettings } from "../twilio/testing/fake";
import { webhookAddress } from "../webhook-address";
import { addAccount } from "./add-account";
import { changeAccount, setLimits } from "./change-account";
import { checkConnection } from "./check-connection";
import { getAccount } from "./get-account";
import { listAccounts } from "./list-accounts";
import { sendTest } from "./send-test";
import { archiveAccount, makeDefault, pauseAccount, resumeAccount, rotateWebhook } from "./set-status";
import { applyTestEvent, getTest, readTestPublicId } from "./test-events";
import { troubleAccount } from "./trouble-account";

const db = await testDatabase();
const meta = new MetaFake();
const twilio = new TwilioFake();
let sink: Sink;
let door: Awaited<ReturnType<typeof openDoor>>;
let ctx: Context;

beforeAll(async () => {
  await Promise.all([meta.start(), twilio.start()]);
  sink = await startSink();
  door = await openDoor();
  Object.assign(env, { META_API_URL: meta.url, TWILIO_API_URL: twilio.url, TWILIO_CONTENT_URL: twilio.url });
});
afterAll(async () => {
  await closeAdapters();
  await Promise.all([meta.stop(), twilio.stop(), sink.close(), door.close()]);
});
beforeEach(async () => {
  // The sink stands for a public mail server.
  Object.assign(env, { SMTP_URL: undefined, ALLOW_PRIVATE_HOSTS: "1" });
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner, "Suraksha"));
});

const metaAccount = {
  channel: "whatsapp",
  provider: "meta",
  name: "Suraksha WhatsApp",
  config: {
    phoneNumberId: metaSettings.phoneNumberId,
    businessAccountId: metaSettings.businessAccountId,
  },
  secrets: { accessToken: metaSettings.accessToken, appSecret: metaSettings.appSecret },
  makeDefault: true,
} as const satisfies AddAccountInput;

const smtpAccount = (port: number) =>
  ({
    channel: "email",
    provider: "smtp",
    name: "Own server",
    config: { host: "127.0.0.1", port, fromAddress: "hello@suraksha.test" },
    secrets: {},
    makeDefault: true,
  }) as const satisfies AddAccountInput;

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

describe("an account", () => {
  test("carries its channel from the moment it is added as the default, and keeps its secrets to itself", async () => {
    const { accountId } = await addAccount(ctx, metaAccount);
    expect(await carrying("whatsapp")).toBe(accountId);
    const told = await getAccount(ctx, accountId);
    expect(told).toMatchObject({
      carries: true,
      secretsSet: ["accessToken", "appSecret"],
      health: { state: "untried" },
      webhook: { address: webhookAddress({ id: accountId, provider: "meta" }) },
    });
    const [stored] =
      await db.owner`select encrypted_secrets, config from channel_accounts where id = ${accountId}`;
    const audits =
      await db.owner`select before, after from audit_entries where workspace_id = ${ctx.workspaceId}`;
    for (const text of [stored, told, audits].map((value) => JSON.stringify(value)))
      for (const secret of Object.values(metaAccount.secrets)) expect(text).not.toContain(secret);
  });

  test("needs what its provider needs, in words at the field", async () => {
    const wrong = { ...metaAccount, config: { ...metaAccount.config, phoneNumberId: "+91 98" } };
    await expect(addAccount(ctx, wrong)).rejects.toMatchObject({
      code: "BAD_INPUT",
      message: expect.stringContaining("digits only"),
      details: { field: "phoneNumberId" },
    });
    await expect(addAccount(ctx, { ...metaAccount, channel: "sms" })).rejects.toMatchObject({
      code: "BAD_INPUT",
    });
  });

  test("is never added to the demo workspace", async () => {
    await db.owner`update workspaces set is_demo = true where id = ${ctx.workspaceId}`;
    await expect(addAccount(ctx, metaAccount)).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("keeps secrets that are left empty, and takes new ones; the audit log names fields only", async () => {
    const { accountId } = await addAccount(ctx, metaAccount);
    const change = { accountId, name: "Renamed", config: metaAccount.config };
    await changeAccount(ctx, {
      ...change,
      secrets: { accessToken: "", appSecret: "another-secret-0123456789" },
    });
    const { adapter } = await withHotTransaction(ctx.workspaceId, (sql) =>
      accountFor(sql, ctx.workspaceId, "whatsapp"),
    );
    expect(await adapter.check?.()).toMatchObject({ ok: true });
    const [entry] = await db.owner`
      select after from audit_entries where action = 'channel_account.changed' and subject_id = ${accountId}`;
    expect(entry?.after).toEqual({ changed: ["name", "appSecret"] });
  });

  test("of a mail server never gives its password to another server", async () => {
    const { accountId } = await addAccount(ctx, {
      ...smtpAccount(2_525),
      secrets: { password: "the-password-of-the-server" },
    });
    const elsewhere = { host: "attacker.example", port: 25, fromAddress: "hello@suraksha.test" };
    for (const attempt of [
      () => changeAccount(ctx, { accountId, name: "x", config: elsewhere, secrets: {} }),
      () =>
        checkConnection(ctx, {
          accountId,
          channel: "email",
          provider: "smtp",
          config: elsewhere,
          secrets: {},
        }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: "BAD_INPUT", details: { field: "password" } });
  });

  test("of a mail server may not lead into the installation's own network: nothing is said to it, and nothing is burnt", async () => {
    const port = Number(new URL(sink.url).port);
    Object.assign(env, { ALLOW_PRIVATE_HOSTS: "0" });
    for (const host of ["127.0.0.1", "localhost", "::1"]) {
      const account = { ...smtpAccount(port), config: { ...smtpAccount(port).config, host } };
      expect(await checkConnection(ctx, { ...account, accountId: null })).toEqual({
        ok: false,
        sentence: expect.stringMatching(/is inside this installation’s own network.*ALLOW_PRIVATE_HOSTS=1/),
      });
    }
    const { accountId } = await addAccount(ctx, smtpAccount(port));
    const before = sink.taken.size;
    await sendTest(ctx, {
      accountId,
      to: "me@example.test",
      templateId: null,
      registrationId: null,
      variables: [],
    });
    expect(sink.taken.size).toBe(before);
    expect((await line(accountId))?.health).toMatchObject({
      state: "trouble",
      sentence: expect.stringMatching(/own network/),
    });
  });

  test("of another workspace is not there, and neither is a malformed one", async () => {
    const { accountId } = await addAccount(ctx, metaAccount);
    const other = await makeMember(db.owner, await makeWorkspace(db.owner));
    for (const id of [accountId, newId(), "nonsense"])
      for (const attempt of [
        () => pauseAccount(other, id),
        () => makeDefault(other, id),
        () => archiveAccount(other, id),
        () => rotateWebhook(other, id),
        () => getAccount(other, id),
        () => setLimits(other, { accountId: id, ratePerSecond: 1, dailyLimit: null }),
        () => changeAccount(other, { accountId: id, name: "x", config: {}, secrets: {} }),
        () =>
          sendTest(other, {
            accountId: id,
            to: "+919812345678",
            templateId: null,
            registrationId: null,
            variables: [],
          }),
      ])
        await expect(attempt()).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("its state", () => {
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

describe("checking the connection", () => {
  const check = (secrets: Record<string, string>, accountId: string | null = null) =>
    checkConnection(ctx, { ...metaAccount, accountId, secrets });

  test("asks the provider, and stores nothing", async () => {
    expect(await check(metaAccount.secrets)).toMatchObject({
      ok: true,
      facts: [expect.stringContaining("Suraksha Insurance"), expect.any(String)],
      found: { displayNumber: "+91 98765 43210" },
    });
    expect(await check({ ...metaAccount.secrets, accessToken: "EAAwrong-0123456789abcdef" })).toMatchObject({
      ok: false,
      sentence: expect.stringContaining("access token"),
    });
    expect((await listAccounts(ctx)).accounts.filter(({ provider }) => provider === "meta")).toEqual([]);
  });

  test("fills empty secrets with the stored ones, for the same provider only", async () => {
    const { accountId } = await addAccount(ctx, metaAccount);
    expect(await check({}, accountId)).toMatchObject({ ok: true });
    await expect(
      checkConnection(ctx, {
        accountId,
        channel: "sms",
        provider: "twilio",
        config: { accountSid: twilioSettings.accountSid, from: "+14155552345" },
        secrets: {},
      }),
    ).rejects.toMatchObject({ code: "BAD_INPUT" });
  });

  test("works for Twilio and a mail server, and says what cannot be asked", async () => {
    const { accountSid, from, authToken } = twilioSettings;
    const sms = {
      accountId: null,
      channel: "sms",
      provider: "twilio",
      config: { accountSid, from },
    } as const;
    expect(await checkConnection(ctx, { ...sms, secrets: { authToken } })).toMatchObject({ ok: true });
    expect(await checkConnection(ctx, { ...sms, secrets: { authToken: "wrong-0123456789" } })).toMatchObject({
      ok: false,
    });
    const port = Number(new URL(sink.url).port);
    expect(await checkConnection(ctx, { ...smtpAccount(port), accountId: null })).toMatchObject({ ok: true });
    expect(await checkConnection(ctx, { ...smtpAccount(1), accountId: null })).toMatchObject({ ok: false });
    const msg91 = { config: { entityId: "1101234567890123456" }, secrets: { authKey: "0123456789" } };
    expect(
      await checkConnection(ctx, { ...msg91, accountId: null, channel: "sms", provider: "msg91" }),
    ).toMatchObject({ ok: null });
  });
});

describe("a test message", () => {
  const given = { templateId: null, registrationId: null, variables: [] as string[] };

  test("goes through the real adapter, is counted nowhere, and its life is told by webhook", async () => {
    const { accountId } = await addAccount(ctx, metaAccount);
    meta.door = webhookAddress({ id: accountId, provider: "meta" });
    const { testId } = await sendTest(ctx, { ...given, accountId, to: "98123 45678" });
    const sent = meta.messages.at(-1);
    if (!sent) throw new Error("nothing was sent");
    expect(sent.to).toBe("919812345678");
    expect(await getTest(ctx, testId)).toMatchObject({ state: "accepted", providerMessageId: sent.id });
    expect((await line(accountId))?.health.state).toBe("works");
    for (const status of ["read", "delivered"]) await meta.tell(sent, status);
    await processReceipts(async (_ctx, events) => {
      for (const { event } of events) {
        const id = readTestPublicId("publicId" in event ? event.publicId : null);
        if (id) await applyTestEvent(ctx, id, event);
      }
    });
    expect((await getTest(ctx, testId)).state).toBe("read");
    const [counted] = await db.owner`
      select (select count(*) from executions) + (select count(*) from delivery_events) as n`;
    expect(Number(counted?.n)).toBe(0);
    const other = await makeMember(db.owner, await makeWorkspace(db.owner));
    await expect(getTest(other, testId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("says what the provider said against it, also while the account is paused", async () => {
    const { accountId } = await addAccount(ctx, metaAccount);
    await pauseAccount(ctx, accountId);
    meta.faults.set("919812345679", { code: 131_047, words: "Re-engagement message" });
    const { testId } = await sendTest(ctx, { ...given, accountId, to: "+919812345679" });
    expect(await getTest(ctx, testId)).toMatchObject({
      state: "failed",
      sentence: expect.stringContaining("Re-engagement"),
      addressHint: "+91•••5679",
    });
  });

  test("that the account's credentials cannot send pauses the account, and its health says why", async () => {
    const { accountId } = await addAccount(ctx, {
      ...metaAccount,
      secrets: { ...metaAccount.secrets, accessToken: "EAAexpired-0123456789abcdef" },
    });
    await sendTest(ctx, { ...given, accountId, to: "+919812345677" });
    expect((await line(accountId))?.health).toMatchObject({
      state: "trouble",
      sentence: expect.stringContaining("Meta refused the access token"),
    });
    expect((await getAccount(ctx, accountId)).tests).toMatchObject([{ state: "failed" }]);
  });

  test("reaches a mailbox under the account's own address", async () => {
    const { accountId } = await addAccount(ctx, smtpAccount(Number(new URL(sink.url).port)));
    const { testId } = await sendTest(ctx, { ...given, accountId, to: "me@suraksha.test" });
    expect(await getTest(ctx, testId)).toMatchObject({ state: "delivered", sentence: null });
  });

  test("refuses an address that is none", async () => {
    const { accountId } = await addAccount(ctx, metaAccount);
    await expect(sendTest(ctx, { ...given, accountId, to: "hello" })).rejects.toMatchObject({
      code: "BAD_INPUT",
      details: { field: "to" },
    });
  });
});
