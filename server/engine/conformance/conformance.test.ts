import pino from "pino";
import { afterAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { startEngine } from "../engine";
import type { Case } from "./case";
import { allCases } from "./cases";
import { errorCases } from "./cases/errors";
import { parallelCases } from "./cases/parallel";
import { stepCases } from "./cases/steps";
import { applicable, runSuite } from "./suite";

const db = await testDatabase();
const signingKey = `signkey-test-${"5a".repeat(32)}`;
const olderKey = `signkey-test-${"c3".repeat(32)}`;
const eventKey = "an-event-key";
const base = {
  databaseUrl: db.url,
  host: "127.0.0.1",
  port: 0,
  workers: 50,
  testClock: false,
  retentionDays: 14,
};

const engine = await startEngine(
  { ...base, signingKey, signingKeyFallback: olderKey, eventKey },
  pino({ level: "silent" }),
);
afterAll(() => engine.stop());
const url = `http://127.0.0.1:${engine.port}`;
const target = { url, kind: "embedded" as const, signingKey, olderKey, eventKey };

const fast = (cases: Case[]): Case[] => applicable(cases, target).filter(({ slow }) => !slow);
const together = fast(allCases);
const stepwise = fast([...stepCases, ...parallelCases, ...errorCases]);
// Signed calls, the real SDK, loopback HTTP. One after the other: both serve the same functions.
// `npm run conformance` has the slow cases too, and all of them both ways.
const first = runSuite(target, together, { width: 12 });
const second = first.then(() => runSuite(target, stepwise, { width: 12, checkpointing: false }));

/** Rows that nothing will ever take away: of runs that have ended, of steps that are done, of gates that have closed. */
const leftOver = () => db.owner`
  select 'job' as what, j.run_id as id from engine.job j join engine.run r on r.id = j.run_id where r.ended_at is not null
  union all select 'timer', t.run_id from engine.timer t join engine.run r on r.id = t.run_id where r.ended_at is not null
  union all select 'wait', w.run_id from engine.wait w join engine.run r on r.id = w.run_id where r.ended_at is not null
  union all select 'timer of a step', t.run_id from engine.timer t join engine.step s on s.run_id = t.run_id and s.id = t.step_id
    where s.state <> 'pending'
  union all select 'wait of a step', w.run_id from engine.wait w join engine.step s on s.run_id = w.run_id and s.id = w.step_id
    where s.state <> 'pending'
  union all select 'timer of a gate', t.ref from engine.timer t where t.ref is not null
    and not exists (select from engine.batch b where t.ref::json ->> 1 = b.function_id and t.ref::json ->> 2 = b.key)
    and not exists (select from engine.debounce d where t.ref::json ->> 1 = d.function_id and t.ref::json ->> 2 = d.key)`;

describe("with checkpointing", () => {
  test.each(together.map(({ title }) => title))("%s", { timeout: 300_000 }, async (title) => {
    expect((await first).find((result) => result.title === title)?.error).toBeNull();
  });
});

describe("with one request for each step", () => {
  test.each(stepwise.map(({ title }) => title))("%s", { timeout: 300_000 }, async (title) => {
    expect((await second).find((result) => result.title === title)?.error).toBeNull();
  });
});

test("leaves nothing over", { timeout: 300_000 }, async () => {
  await second;
  expect([...(await leftOver())]).toEqual([]);
});
