import { expect, test } from "vitest";
import { startCuttingProxy } from "@/db/testing/cutting-proxy";
import { testDatabase } from "@/db/testing/database";
import { createLedger } from "./conformance/ledger";
import { createStage } from "./testing/stage";

const db = await testDatabase();
const { start, serveOne, ended, atEnd } = createStage(db.url);

async function throughProxy() {
  const proxy = await startCuttingProxy(db.url);
  atEnd(proxy.close);
  const ledger = createLedger();
  const { url } = await start({ databaseUrl: proxy.url });
  const app = await serveOne(url, {}, () => ledger.note("body", "done"), { checkpointing: false });
  await app.sync();
  return { proxy, ledger, app };
}

test("a claim that committed and whose answer was lost with its connection is made again, and the body runs once", async () => {
  const { proxy, ledger, app } = await throughProxy();
  const cut = proxy.cut([
    ["client", "engine.claim("],
    ["server", "SELECT 1\0"],
    ["server", "COMMIT\0"],
  ]);
  const { ids } = await app.client.send({ name: "one" });
  await cut;
  expect(await ended(ids[0] ?? "")).toMatchObject({ state: "completed", output: '"done"' });
  expect(ledger.count("body")).toBe(1);
});

test.each([
  ["before its commit", ["client", "commit"] as const],
  ["after its commit", ["server", "COMMIT\0"] as const],
])(
  "a connection that is lost under an answer, %s, does not make the body run again",
  async (_when, moment) => {
    const { proxy, ledger, app } = await throughProxy();
    const cut = proxy.cut([["client", "insert into engine.step"], [...moment]]);
    const { ids } = await app.client.send({ name: "one" });
    await cut;
    expect(await ended(ids[0] ?? "")).toMatchObject({ state: "completed", output: '"done"' });
    expect(ledger.count("body")).toBe(1);
  },
);
