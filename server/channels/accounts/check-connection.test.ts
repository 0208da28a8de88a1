import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { type Sink, startSink } from "@/server/deliveries/testing/sink";
import type { Context } from "@/server/platform/context";
import { closeAdapters } from "..";
import { MetaFake } from "../meta/testing/fake";
import { metaAccount, smtpAccount } from "../testing/accounts";
import { TwilioFake, twilioSettings } from "../twilio/testing/fake";
import { addAccount } from "./add-account";
import { checkConnection } from "./check-connection";
import { listAccounts } from "./list-accounts";

const db = await testDatabase();
const meta = new MetaFake();
const twilio = new TwilioFake();
let sink: Sink;
let ctx: Context;

beforeAll(async () => {
  await Promise.all([meta.start(), twilio.start()]);
  sink = await startSink();
  Object.assign(env, { META_API_URL: meta.url, TWILIO_API_URL: twilio.url, TWILIO_CONTENT_URL: twilio.url });
});
afterAll(async () => {
  await closeAdapters();
  await Promise.all([meta.stop(), twilio.stop(), sink.close()]);
});
beforeEach(async () => {
  // The sink stands for a public mail server.
  Object.assign(env, { SMTP_URL: undefined, ALLOW_PRIVATE_HOSTS: "1" });
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner, "Suraksha"));
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
