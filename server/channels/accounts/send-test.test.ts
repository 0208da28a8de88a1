import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { type Sink, startSink } from "@/server/deliveries/testing/sink";
import type { Context } from "@/server/platform/context";
import { closeAdapters } from "..";
import { MetaFake } from "../meta/testing/fake";
import { processReceipts } from "../receipts/process";
import { metaAccount, smtpAccount } from "../testing/accounts";
import { openDoor } from "../testing/door";
import { webhookAddress } from "../webhook-address";
import { addAccount } from "./add-account";
import { getAccount } from "./get-account";
import { listAccounts } from "./list-accounts";
import { sendTest } from "./send-test";
import { pauseAccount } from "./set-status";
import { applyTestEvent, getTest, readTestPublicId } from "./test-events";

const db = await testDatabase();
const meta = new MetaFake();
let sink: Sink;
let door: Awaited<ReturnType<typeof openDoor>>;
let ctx: Context;

beforeAll(async () => {
  await meta.start();
  sink = await startSink();
  door = await openDoor();
  env.META_API_URL = meta.url;
});
afterAll(async () => {
  await closeAdapters();
  await Promise.all([meta.stop(), sink.close(), door.close()]);
});
beforeEach(async () => {
  // The sink stands for a public mail server.
  Object.assign(env, { SMTP_URL: undefined, ALLOW_PRIVATE_HOSTS: "1" });
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner, "Suraksha"));
});

const line = async (id: string) => (await listAccounts(ctx)).accounts.find((account) => account.id === id);

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
