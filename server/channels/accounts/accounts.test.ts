import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { withHotTransaction } from "@/db/transaction";
import { env } from "@/env";
import { type Sink, startSink } from "@/server/deliveries/testing/sink";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { accountFor, closeAdapters } from "..";
import { MetaFake } from "../meta/testing/fake";
import { metaAccount, smtpAccount } from "../testing/accounts";
import { webhookAddress } from "../webhook-address";
import { addAccount } from "./add-account";
import { changeAccount, setLimits } from "./change-account";
import { checkConnection } from "./check-connection";
import { getAccount } from "./get-account";
import { listAccounts } from "./list-accounts";
import { sendTest } from "./send-test";
import { archiveAccount, makeDefault, pauseAccount, rotateWebhook } from "./set-status";

const db = await testDatabase();
const meta = new MetaFake();
let sink: Sink;
let ctx: Context;

beforeAll(async () => {
  await meta.start();
  sink = await startSink();
  env.META_API_URL = meta.url;
});
afterAll(async () => {
  await closeAdapters();
  await Promise.all([meta.stop(), sink.close()]);
});
beforeEach(async () => {
  // The sink stands for a public mail server.
  Object.assign(env, { SMTP_URL: undefined, ALLOW_PRIVATE_HOSTS: "1" });
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner, "Suraksha"));
});

const carrying = async (channel: "whatsapp" | "email" | "sms") =>
  (await withHotTransaction(ctx.workspaceId, (sql) => accountFor(sql, ctx.workspaceId, channel))).accountId;

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
