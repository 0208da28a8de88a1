import { pino } from "pino";
import { afterAll, beforeEach } from "vitest";
import type { TestDatabase } from "@/db/testing/database";
import { env } from "@/env";
import { startEngine } from "@/server/engine/engine";
import { startVirtualEngine } from "@/server/engine/testing/virtual-engine";

/** The signing key that the door asks for. */
export const key = `signkey-test-${"ab".repeat(16)}`;

/**
 * An engine with two functions, ended with the test file: `journey` sleeps a week and waits three days for an answer;
 * `breaks` counts, then cannot send while `state.mended` is false. A second process of it, the door that `env` names before
 * each test, asks for the signing key as production does and calls no functions.
 */
export async function inspectedEngine(db: TestDatabase) {
  const state = { mended: false, notes: [] as string[] };
  const engine = await startVirtualEngine(db.url, (client) => [
    client.createFunction({ id: "journey", triggers: [{ event: "test/journey" }] }, async ({ step }) => {
      await step.sleep("a-week", "7d");
      await step.waitForEvent("answer", { event: "test/answered", timeout: "3d", match: "data.customerId" });
    }),
    client.createFunction(
      {
        id: "breaks",
        retries: 1,
        triggers: [{ event: "test/breaks" }],
        onFailure: async () => void state.notes.push("told"),
      },
      async ({ step }) => {
        const count = await step.run("count", () => ({ rows: state.notes.push("counted") }));
        await step.run("send", () => {
          if (!state.mended) throw new Error("The mail server refused.");
          return { sent: state.notes.push("sent") };
        });
        return count;
      },
    ),
  ]);
  const door = await startEngine(
    {
      databaseUrl: db.url,
      host: "127.0.0.1",
      port: 0,
      workers: 0,
      signingKey: key,
      testClock: true,
      retentionDays: 3650,
    },
    pino({ level: "silent" }),
  );
  afterAll(async () => {
    await door.stop(1000);
    await engine.stop();
  });
  beforeEach(() => {
    Object.assign(env, {
      INNGEST_BASE_URL: `http://127.0.0.1:${door.port}`,
      INNGEST_SIGNING_KEY: key,
      INNGEST_SIGNING_KEY_FALLBACK: undefined,
    });
    Object.assign(state, { mended: false, notes: [] });
  });
  return { engine, state };
}
