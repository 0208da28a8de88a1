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
