import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { startCuttingProxy } from "@/db/testing/cutting-proxy";
import { testDatabase } from "@/db/testing/database";
import { makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { env } from "@/env";
import { startVirtualEngine } from "@/server/engine/testing/virtual-engine";
import { enqueue } from "@/server/jobs/enqueue";
import { systemContext } from "@/server/platform/context";

const db = await testDatabase();
const proxy = await startCuttingProxy(db.url);
const heard: { id: string; campaignId: string; workspaceId: string; requestId?: string }[] = [];
const engine = await startVirtualEngine(db.url, (client) => [
  client.createFunction({ id: "hears", triggers: [{ event: "campaign/cancelled" }] }, async ({ event }) => {
    heard.push({ id: event.id ?? "", ...event.data });
  }),
]);
vi.stubEnv("INNGEST_DEV", engine.url);
// The client reads its environment when it is made.
const { forgetSent, Relay, relayOnce } = await import("./relay");
env.DATABASE_URL = proxy.url;
afterAll(async () => {
  await engine.stop();
  await proxy.close();
});
beforeEach(() => void heard.splice(0));

const workspaceId = await makeWorkspace(db.owner);
const ctx = systemContext(workspaceId);
const cancelled = (campaignId: string, fail = false): Promise<void> =>
  withTransaction(ctx, async (tx) => {
    await enqueue(tx, ctx, "campaign/cancelled", { campaignId }, campaignId);
    if (fail) throw new Error("the change failed");
  });

test("an event goes out with the change that it belongs to, once for its key, with an id of the workspace", async () => {
  await expect(cancelled("undone", true)).rejects.toThrow("the change failed");
  await cancelled("done");
  await cancelled("done");
  expect(await relayOnce()).toBe(1);
  expect(await relayOnce()).toBe(0);
  await engine.settle();
  expect(heard).toEqual([{ id: `${workspaceId}:campaign/cancelled:done`, campaignId: "done", workspaceId }]);
});

test("an event carries the request that caused it", async () => {
  const asked = { ...ctx, requestId: "req-1" };
  await withTransaction(asked, (tx) =>
    enqueue(tx, asked, "campaign/cancelled", { campaignId: "asked" }, "asked"),
  );
  await relayOnce();
  await engine.settle();
  expect(heard).toMatchObject([{ campaignId: "asked", requestId: "req-1" }]);
});

test("an event that was sent while its mark was lost is sent again and acts once", async () => {
  await cancelled("twice");
  const cut = proxy.cut([
    ["client", "unsent_outbox("],
    ["client", "mark_outbox_sent("],
  ]);
  await expect(relayOnce()).rejects.toThrow();
  await cut;
  expect(await relayOnce()).toBe(1);
  await engine.settle();
  expect(heard.map(({ campaignId }) => campaignId)).toEqual(["twice"]);
});

test("the running relay hands over what was committed before it began and what comes after, in order", async () => {
  await cancelled("first");
  const relay = new Relay();
  relay.start();
  await cancelled("second");
  await expect.poll(() => heard.map(({ campaignId }) => campaignId).sort()).toEqual(["first", "second"]);
  expect(relay.healthy).toBe(true);
  await relay.stop();
  const rows = await db.owner`select 1 from outbox where sent_at is null`;
  expect(rows).toHaveLength(0);
});

test("what was sent long ago is forgotten; what waits or was just sent is kept", async () => {
  await cancelled("old");
  await cancelled("fresh");
  await relayOnce();
  await cancelled("waiting");
  await db.owner`update outbox set sent_at = sent_at - interval '31 days' where data->>'campaignId' = 'old'`;
  await forgetSent();
  const rows = await db.owner<{ campaign: string }[]>`select data->>'campaignId' as campaign from outbox`;
  const left = rows.map(({ campaign }) => campaign);
  expect(left).not.toContain("old");
  expect(left).toEqual(expect.arrayContaining(["fresh", "waiting"]));
});
