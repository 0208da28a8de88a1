import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stepCases } from "./conformance/cases/steps";
import { runSuite } from "./conformance/suite";
import { type Engine, startEngine } from "./engine";
import { startPostgres, type TestServer } from "./testing/postgres";

let server: TestServer;
let engine: Engine;

beforeAll(async () => {
  server = await startPostgres();
  engine = await startEngine(
    { databaseUrl: server.url, host: "127.0.0.1", port: 0, workers: 50, testClock: false, retentionDays: 14 },
    pino({ level: "warn" }),
  );
}, 60_000);
afterAll(async () => {
  await engine.stop();
  await server.stop();
});

test("the engine runs real functions of the SDK over HTTP", { timeout: 120_000 }, async () => {
  const results = await runSuite({ url: `http://127.0.0.1:${engine.port}`, kind: "embedded" }, stepCases);
  expect(results.filter(({ error }) => error)).toEqual([]);
});
