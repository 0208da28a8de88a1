import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { withHotTransaction } from "@/db/transaction";
import { env } from "@/env";
import { createWorkspace } from "@/server/workspaces";
import { accountById, accountFor, closeAdapters, type Price, priceFor, priceTable, troubleAccount } from "..";
import { withTax } from "../prices/price-for";
import { channels } from "../status";

const db = await testDatabase();
let workspaceId: string;

beforeEach(async () => {
  env.SMTP_URL = undefined;
  workspaceId = await makeWorkspace(db.owner);
});
afterAll(closeAdapters);

const account = (channel: (typeof channels)[number], id = workspaceId) =>
  withHotTransaction(id, (sql) => accountFor(sql, id, channel));

describe("the account that carries a channel", () => {
  test("is the sandbox in every new workspace, however it was made", async () => {
    const { id } = await createWorkspace({ name: "Acme", slug: "acme" });
    for (const workspace of [workspaceId, id])
      for (const channel of channels)
        expect(await account(channel, workspace)).toMatchObject({
          provider: "sandbox",
          status: "active",
          channel,
        });
  });

  test("is the installation's mail server where SMTP_URL is set, but never for the demo workspace", async () => {
    env.SMTP_URL = "smtp://localhost:2525";
    expect(await account("email")).toMatchObject({ provider: "smtp" });
    expect(await account("sms")).toMatchObject({ provider: "sandbox" });
    await db.owner`update workspaces set is_demo = true where id = ${workspaceId}`;
    expect(await account("email")).toMatchObject({ provider: "sandbox" });
  });

  test("is the one that was chosen, before everything else, and never another workspace's", async () => {
    env.SMTP_URL = "smtp://localhost:2525";
    await db.owner`update channel_accounts set is_default = true
      where workspace_id = ${workspaceId} and channel = 'email' and provider = 'sandbox'`;
    expect(await account("email")).toMatchObject({ provider: "sandbox" });
    const other = await makeWorkspace(db.owner);
    expect(await account("email", other)).toMatchObject({ provider: "smtp" });
    await expect(withHotTransaction(other, (sql) => accountFor(sql, workspaceId, "email"))).rejects.toThrow(
      "has no account",
    );
  });

  test("is found by its id in its own workspace only", async () => {
    const { accountId } = await account("sms");
    const find = (id: string) => withHotTransaction(id, (sql) => accountById(sql, id, accountId));
    expect(await find(workspaceId)).toMatchObject({ accountId, channel: "sms" });
    expect(await find(await makeWorkspace(db.owner))).toBeNull();
  });

  test("is one pooled instance until its settings change, and stays one when only its rate does", async () => {
    env.SMTP_URL = "smtp://localhost:2525";
    const { adapter } = await account("email");
    await db.owner`update channel_accounts set rate_per_second = 5 where workspace_id = ${workspaceId}`;
    const again = await account("email");
    expect(again.adapter).toBe(adapter);
    expect(again.ratePerSecond).toBe(5);
    env.SMTP_URL = "smtp://localhost:2526";
    expect((await account("email")).adapter).not.toBe(adapter);
  });

  test("that cannot be set up refuses as a configuration error instead of failing the worker", async () => {
    env.SMTP_URL = "nonsense";
    const { adapter } = await account("email");
    const [outcome] = await adapter.send(workspaceId, [{} as never], { start: () => true, finish: () => {} });
    expect(outcome).toMatchObject({ kind: "configuration", begun: false });
  });

  test("in trouble is paused once, with the sentence, and the campaigns' lanes find nothing to take", async () => {
    const ctx = await makeMember(db.owner, workspaceId);
    const { accountId } = await account("whatsapp");
    await troubleAccount(ctx, accountId, "The access token was refused.");
    await troubleAccount(ctx, accountId, "Again.");
    expect(await account("whatsapp")).toMatchObject({ accountId, status: "paused" });
    const [row] = await db.owner`select trouble from channel_accounts where id = ${accountId}`;
    expect(row?.trouble).toBe("The access token was refused.");
    const audits = await db.owner`select action from audit_entries where subject_id = ${accountId}`;
    expect(audits).toHaveLength(1);
    await troubleAccount(await makeMember(db.owner, await makeWorkspace(db.owner)), accountId, "Foreign");
    expect(
      (await db.owner`select trouble from channel_accounts where id = ${accountId}`)[0]?.trouble,
    ).toContain("token");
  });
});

describe("the price of a day", () => {
  const price = (category: string, on: string, country = "IN") =>
    withHotTransaction(workspaceId, (sql) =>
      priceFor(sql, { workspaceId, channel: "whatsapp", provider: "meta", category, country, on }),
    );

  test("is the latest row that is valid then, with its tax", async () => {
    expect(await price("marketing", "2026-01-01")).toEqual({
      netMicros: 863_100n,
      grossMicros: 1_018_458n,
      taxRate: 0.18,
      currency: "INR",
    });
    expect(await price("marketing", "2025-12-31")).toMatchObject({ netMicros: 784_600n });
    expect(await price("utility", "2026-11-25")).toMatchObject({ netMicros: 115_000n });
  });

  test("is null where none is known, and the row for all countries where the country has none", async () => {
    expect(await price("marketing", "2020-01-01")).toBeNull();
    expect(await price("marketing", "2026-11-25", "US")).toBeNull();
    expect(await price("service", "2026-11-25", "US")).toMatchObject({ netMicros: 0n });
  });

  test("comes for all categories and countries in one read", async () => {
    const of: (category: string, country: string) => Price | null = await withHotTransaction(
      workspaceId,
      (sql) => priceTable(sql, { workspaceId, channel: "sms", provider: "msg91", on: "2026-11-25" }),
    );
    expect(of("part", "IN")).toMatchObject({ netMicros: 180_000n });
    expect(of("part", "US")).toBeNull();
  });

  test("rounds tax half up", () => {
    expect(withTax(25n, 0.18)).toBe(30n); // 29.5
    expect(withTax(24n, 0.18)).toBe(28n); // 28.32
  });
});
