import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { createLedger } from "./conformance/ledger";
import type { Core } from "./core";
import { sweepOld } from "./retention";
import { createStage, silent } from "./testing/stage";

const db = await testDatabase();
const { sql, config, start, serveOne, ended } = createStage(db.url);

/** A run whose only job is out under a process that does not exist. */
async function plantLeased(id: string, lost: number): Promise<void> {
  await sql`insert into engine.event (id, name, body, received_at) values (${id}, 'one', ${`{"data":{},"id":"${id}","name":"one","ts":1}`}, engine.now_ms())`;
  await sql`insert into engine.run (id, function_id, event_id, event_name, created_at, max_attempts, state, started_at)
    values (${id}, 'guarantees-one', ${id}, 'one', engine.now_ms(), 5, 'running', engine.now_ms())`;
  await sql`insert into engine.job (run_id, function_id, state, owner, generation, lost, rank, run_at)
    values (${id}, 'guarantees-one', 'leased', 2000000000, 3, ${lost}, 1, 1)`;
}

test("a job whose process is gone is done by another, without a time-out", async () => {
  const { url } = await start();
  const app = await serveOne(url, {}, () => "done by the living");
  await app.sync();
  await plantLeased("orphan", 0);
  expect(await ended("orphan")).toMatchObject({ state: "completed", output: '"done by the living"' });
});

test("a job that was out in ten deaths of the engine is taken for their cause and not run again", async () => {
  const { url } = await start();
  const ledger = createLedger();
  const app = await serveOne(url, {}, () => ledger.note("body"));
  await app.sync();
  await plantLeased("poison", 9);
  const run = await ended("poison");
  expect(run.state).toBe("failed");
  expect(run.error).toContain("died 10 times");
  expect(ledger.count("body")).toBe(0);
});

test("a late answer, whose lease went to another call, changes nothing", async () => {
  const { url } = await start();
  const ledger = createLedger();
  const app = await serveOne(url, {}, async () => {
    ledger.note("call");
    const mine = ledger.count("call");
    if (mine === 1) await ledger.until("release");
    return mine;
  });
  await app.sync();
  const { ids } = await app.client.send({ name: "one" });
  await ledger.until("call");
  // As if the lease had been freed: another call of the same step is made.
  await sql`update engine.job set state = 'ready', owner = null where function_id = 'guarantees-one'`;
  await ledger.until("call", 2);
  const run = await ended(ids[0] ?? "");
  ledger.note("release");
  expect(run).toMatchObject({ state: "completed", output: "2" });
});

test("an app that cannot be reached uses up no attempts", async () => {
  const { url } = await start();
  const first = await serveOne(url, {}, () => "there", { retries: 0 });
  await first.sync();
  await first.close();
  const { ids } = await first.client.send({ name: "one" });
  await expect
    .poll(
      async () =>
        (await sql`select 1 from engine.job where error like '%ECONNREFUSED%' and attempt = 0`).length,
      { timeout: 10_000 },
    )
    .toBe(1);
  const second = await serveOne(url, {}, () => "there", { retries: 0 });
  await second.sync();
  expect(await ended(ids[0] ?? "")).toMatchObject({ state: "completed", output: '"there"' });
});

const [older, newer] = ["1a", "2b"].map((pair) => `signkey-prod-${pair.repeat(32)}`) as [string, string];

test("while keys are rotated an app with the older key goes on working", async () => {
  const { url } = await start({ signingKey: newer, signingKeyFallback: older, eventKey: "e" });
  const app = await serveOne(url, { signingKey: older, eventKey: "e" }, () => "rotated");
  expect((await app.sync()).status).toBe(200);
  const { ids } = await app.client.send({ name: "one" });
  expect(await ended(ids[0] ?? "")).toMatchObject({ state: "completed", output: '"rotated"' });
});

test("an app with another key is not registered, and a wrong event key sends nothing", async () => {
  const { url } = await start({ signingKey: newer, eventKey: "e" });
  const app = await serveOne(url, { signingKey: older, eventKey: "wrong" }, () => "never");
  expect((await app.sync()).status).not.toBe(200);
  const sent = await fetch(`${url}/e/wrong`, { method: "POST", body: JSON.stringify({ name: "one" }) });
  expect(sent.status).toBe(401);
  expect((await fetch(`${url}/engine/runs`)).status).toBe(401);
});

test("retention deletes ended runs with their steps and events, and nothing that is still needed", async () => {
  const { url } = await start();
  const app = await serveOne(url, {}, () => "old");
  await app.sync();
  const { ids } = await app.client.send([{ name: "one" }, { name: "one" }, { name: "nobody listens" }]);
  const [old = "", kept = "", unheard = ""] = ids;
  await ended(old);
  await ended(kept);
  const age = 15 * 86_400_000;
  await sql`update engine.event set received_at = received_at - ${age} where id = any(${ids})`;
  await sql`update engine.run set ended_at = ended_at - ${age} where event_id = ${old}`;
  await sql`update engine.run set ended_at = null, state = 'running' where event_id = ${kept}`;
  const core: Core = { sql, config, log: silent, wake: () => undefined, tick: () => undefined };
  await sweepOld(core);
  const left = async (id: string) =>
    (
      await sql`
    select (select count(*)::int from engine.run where event_id = ${id}) as runs,
      (select count(*)::int from engine.event where id = ${id}) as events`
    )[0];
  expect(await left(old)).toEqual({ runs: 0, events: 0 });
  expect(await left(unheard)).toEqual({ runs: 0, events: 0 });
  expect(await left(kept)).toEqual({ runs: 1, events: 1 });
  expect(
    (
      await sql`select 1 from engine.step s where not exists (select 1 from engine.run r where r.id = s.run_id)`
    ).length,
  ).toBe(0);
  await sql`update engine.run set ended_at = engine.now_ms(), state = 'completed' where event_id = ${kept}`;
});
