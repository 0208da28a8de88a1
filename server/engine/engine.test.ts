import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { allCases } from "./conformance/cases";
import { runSuite } from "./conformance/suite";
import { type Engine, startEngine } from "./engine";

const db = await testDatabase();
let engine: Engine;

beforeAll(async () => {
  engine = await startEngine(
    { databaseUrl: db.url, host: "127.0.0.1", port: 0, workers: 50, testClock: false, retentionDays: 14 },
    pino({ level: "warn" }),
  );
});
afterAll(() => engine.stop());

test("the engine runs real functions of the SDK over HTTP", { timeout: 120_000 }, async () => {
  const results = await runSuite({ url: `http://127.0.0.1:${engine.port}`, kind: "embedded" }, allCases);
  expect(results.filter(({ error }) => error)).toEqual([]);
});
