import pino from "pino";
import { afterAll, afterEach, expect } from "vitest";
import { clientFor, serveApp } from "../conformance/suite";
import { connect, type EngineConfig, type Sql } from "../core";
import { type Engine, startEngine } from "../engine";

export const silent = pino({ level: "silent" });

export type Ended = { state: string; output: string | null; error: string | null };

/** Engines and apps of one test file; what a test starts is stopped after it. */
export type Stage = {
  sql: Sql;
  config: EngineConfig;
  start(extra?: Partial<EngineConfig>): Promise<Engine & { url: string }>;
  /** Serves `guarantees-one`: one step around `body`, started by the event `one`. Not registered until `sync()`. */
  serveOne(
    url: string,
    keys: { signingKey?: string; eventKey?: string },
    body: () => unknown,
    options?: { retries?: 0 | 4; checkpointing?: boolean },
  ): Promise<{ client: ReturnType<typeof clientFor> } & Awaited<ReturnType<typeof serveApp>>>;
  /** The run with this id, or of this event, once it has ended. */
  ended(id: string): Promise<Ended>;
  atEnd(end: () => Promise<unknown>): void;
};

/** A stage on a test database. Call it at the top of a file. */
export function createStage(databaseUrl: string): Stage {
  const config: EngineConfig = {
    databaseUrl,
    host: "127.0.0.1",
    port: 0,
    workers: 10,
    testClock: false,
    retentionDays: 14,
  };
  const sql = connect(databaseUrl, 2);
  const ending: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ending.splice(0).reverse()) await end();
  });
  afterAll(() => sql.end());
  const look = (id: string) => sql<Ended[]>`
    select state, output, error from engine.run where (id = ${id} or event_id = ${id}) and ended_at is not null`;
  return {
    sql,
    config,
    atEnd: (end) => ending.push(end),
    async start(extra = {}) {
      const engine = await startEngine({ ...config, ...extra }, silent);
      ending.push(() => engine.stop(200));
      return { ...engine, url: `http://127.0.0.1:${engine.port}` };
    },
    async serveOne(url, keys, body, { retries = 4, checkpointing = true } = {}) {
      const client = clientFor({ url, kind: "embedded", ...keys }, "guarantees", checkpointing);
      const app = await serveApp(client, [
        client.createFunction({ id: "one", retries, triggers: [{ event: "one" }] }, async ({ step }) =>
          step.run("body", body),
        ),
      ]);
      ending.push(app.close);
      return { client, ...app };
    },
    async ended(id) {
      await expect.poll(async () => (await look(id)).length, { timeout: 20_000 }).toBe(1);
      const [run] = await look(id);
      return run ?? { state: "none", output: null, error: null };
    },
  };
}
