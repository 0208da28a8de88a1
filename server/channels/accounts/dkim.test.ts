import { createHash, createPublicKey, createVerify } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { closeAdapters } from "@/server/channels";
import { freezeRun } from "@/server/deliveries/freeze-run";
import { grantConsent, makeLaunchedCampaign } from "@/server/deliveries/testing/campaign";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import { drain } from "@/server/deliveries/testing/drain";
import { type Sink, startSink } from "@/server/deliveries/testing/sink";
import type { Context } from "@/server/platform/context";
import { addAccount } from "./add-account";
import { changeAccount } from "./change-account";
import { checkDkim, dropDkimKey, makeDkimKey } from "./dkim";
import { getAccount } from "./get-account";

temporaryDataDir();
const db = await testDatabase();
let ctx: Context;
let sink: Sink;
let accountId: string;

const config = (fromAddress: string) => ({
  host: "127.0.0.1",
  port: Number(new URL(sink.url).port),
  fromAddress,
});

beforeAll(async () => {
  sink = await startSink({ keepBodies: true });
  Object.assign(env, { SMTP_URL: undefined, ALLOW_PRIVATE_HOSTS: "1" });
});
afterAll(async () => {
  await closeAdapters();
  await sink.close();
});
beforeEach(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  ({ accountId } = await addAccount(ctx, {
    channel: "email",
    provider: "smtp",
    name: "Own server",
    config: config("Hello@Suraksha.example"),
    secrets: {},
    makeDefault: true,
  }));
  await makeCustomers(db.owner, ctx.workspaceId, [{ name: "आशा  राव" }]);
  await grantConsent(db.owner, ctx.workspaceId, "promotional");
  await db.owner`
    insert into sending_rules (workspace_id, caps)
    values (${ctx.workspaceId}, ${db.owner.json({ email: null, sms: null, whatsapp: null })})`;
});

const keyOf = async () => (await getAccount(ctx, accountId)).dkim?.key ?? null;
/** A DNS that holds what is given, in the pieces that long records come in. */
const dns = (value: string | undefined) => async () => [value?.match(/.{1,200}/gs) ?? []];
const noRecord = async () => Promise.reject(Object.assign(new Error("no"), { code: "ENODATA" }));

async function sendOne(): Promise<string> {
  const campaign = await makeLaunchedCampaign(db.owner, ctx.workspaceId, {
    purpose: "promotional",
    body: "Dear {{customer_name}},\n\n.A dot\n\nनमस्ते\n\n\n",
  });
  await freezeRun(ctx, campaign);
  const before = sink.bodies.length;
  await drain();
  expect(sink.bodies).toHaveLength(before + 1);
  return sink.bodies.at(-1) ?? "";
}

/** RFC 6376 by hand: the relaxed forms of headers and body, the hash and the signature. */
function signedHeaders(mail: string, record: string): string[] | null {
  const end = mail.indexOf("\r\n\r\n");
  const headers = mail.slice(0, end).split(/\r\n(?![ \t])/);
  const find = (name: string) => headers.findLast((line) => line.toLowerCase().startsWith(`${name}:`)) ?? "";
  const relaxed = (line: string) => {
    const colon = line.indexOf(":");
    const value = line
      .slice(colon + 1)
      .replace(/\r\n/g, "")
      .replace(/[ \t]+/g, " ")
      .trim();
    return `${line.slice(0, colon).toLowerCase().trim()}:${value}`;
  };
  const signature = find("dkim-signature");
  const tags = Object.fromEntries(
    relaxed(signature)
      .slice("dkim-signature:".length)
      .split(";")
      .map((tag) => tag.trim().split(/=(.*)/s))
      .map(([name = "", value = ""]) => [name.trim(), value.replace(/\s+/g, "")]),
  );
  const body = mail
    .slice(end + 4)
    .split("\r\n")
    .map((line) => line.replace(/[ \t]+/g, " ").replace(/ $/, ""))
    .join("\r\n")
    .replace(/(\r\n)*$/, "\r\n");
  if (createHash("sha256").update(body).digest("base64") !== tags.bh) return null;
  const names = (tags.h ?? "").toLowerCase().split(":");
  const signed = [
    ...names.map((name) => relaxed(find(name))),
    relaxed(signature).replace(/\bb=[^;]*/, "b="),
  ].join("\r\n");
  const key = createPublicKey({
    key: Buffer.from(/p=(.*)$/.exec(record)?.[1] ?? "", "base64"),
    type: "spki",
    format: "der",
  });
  return createVerify("RSA-SHA256")
    .update(signed)
    .verify(key, tags.b ?? "", "base64")
    ? names
    : null;
}

describe("an account's own key", () => {
  test("signs nothing until its record was seen; then every mail, both unsubscribe headers included", async () => {
    await makeDkimKey(ctx, accountId);
    const key = await keyOf();
    expect(key).toMatchObject({
      name: expect.stringMatching(/^ringback-[0-9a-f]{8}\._domainkey\.suraksha\.example$/),
      value: expect.stringMatching(/^v=DKIM1; k=rsa; p=[\w+/=]{360,}$/),
      seenAt: null,
      fits: true,
    });
    expect(await sendOne()).not.toMatch(/^DKIM-Signature:/im);
    expect(await checkDkim(ctx, accountId, noRecord)).toMatchObject({ found: false });
    expect(await checkDkim(ctx, accountId, dns("v=DKIM1; p=AAAA"))).toEqual({
      found: false,
      sentence: expect.stringMatching(/holds another key/),
    });
    expect((await keyOf())?.seenAt).toBeNull();
    expect(await checkDkim(ctx, accountId, dns(key?.value))).toMatchObject({ found: true });
    const mail = await sendOne();
    const names = signedHeaders(mail, key?.value ?? "");
    for (const name of ["from", "to", "subject", "date", "list-unsubscribe", "list-unsubscribe-post"])
      expect(names).toContain(name);
    expect(mail).toMatch(/d=suraksha\.example;/);
    expect(signedHeaders(mail.replace("One-Click", "Two-Click"), key?.value ?? "")).toBeNull();
    expect(signedHeaders(mail.replace("A dot", "A dash"), key?.value ?? "")).toBeNull();
  });

  test("is encrypted where it is kept, and shown to nobody", async () => {
    await makeDkimKey(ctx, accountId);
    const [stored] = await db.owner`select * from channel_accounts where id = ${accountId}`;
    const audits = await db.owner`select * from audit_entries where workspace_id = ${ctx.workspaceId}`;
    for (const value of [stored, audits, await getAccount(ctx, accountId)])
      expect(JSON.stringify(value)).not.toMatch(/PRIVATE KEY/);
    expect(audits.map(({ action }) => action)).toContain("channel_account.dkim_made");
    expect(JSON.stringify(await getAccount(ctx, accountId))).not.toContain(stored?.encrypted_dkim_key);
  });

  test("signs for its own domain only, and no more once it is dropped or replaced", async () => {
    await makeDkimKey(ctx, accountId);
    await checkDkim(ctx, accountId, dns((await keyOf())?.value));
    expect(await sendOne()).toMatch(/^DKIM-Signature:/m);
    const move = (from: string) =>
      changeAccount(ctx, { accountId, name: "Own server", config: config(from), secrets: {} });
    await move("hello@other.example");
    expect(await sendOne()).not.toMatch(/^DKIM-Signature:/m);
    expect(await keyOf()).toMatchObject({ fits: false });
    await move("hello@suraksha.example");
    const first = await keyOf();
    await makeDkimKey(ctx, accountId);
    expect((await keyOf())?.name).not.toBe(first?.name);
    expect(await sendOne()).not.toMatch(/^DKIM-Signature:/m);
    await dropDkimKey(ctx, accountId);
    expect(await keyOf()).toBeNull();
    await expect(checkDkim(ctx, accountId, noRecord)).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("is not for what other servers carry, and not for another workspace", async () => {
    const [sandbox] = await db.owner`
      select id from channel_accounts where workspace_id = ${ctx.workspaceId} and provider = 'sandbox' limit 1`;
    await expect(makeDkimKey(ctx, sandbox?.id)).rejects.toMatchObject({ code: "CONFLICT" });
    const stranger = await makeMember(db.owner, await makeWorkspace(db.owner));
    await expect(makeDkimKey(stranger, accountId)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await getAccount(ctx, sandbox?.id)).dkim).toBeNull();
  });
});
