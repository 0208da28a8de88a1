import assert from "node:assert/strict";
import type { Case } from "../case";

const post = (body: unknown): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: typeof body === "string" ? body : JSON.stringify(body),
});

const appFunction = (extra: Record<string, unknown>) => ({
  url: "http://127.0.0.1:9/api/inngest",
  deployType: "ping",
  framework: "test",
  appName: "refused",
  sdk: "js:v4.24.0",
  v: "0.1",
  functions: [
    {
      id: "refused-one",
      name: "one",
      triggers: [{ event: "refused/one" }],
      steps: {
        step: { id: "step", name: "step", runtime: { type: "http", url: "http://127.0.0.1:9/?fnId=x" } },
      },
      ...extra,
    },
  ],
});

/** The HTTP API itself. */
export const apiCases: Case[] = [
  {
    title: "a run is found by its event and by its id, while it runs and after",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "looked-up", triggers: [{ event: "api/look" }] }, async () => {
        ledger.note("began");
        await ledger.until("release");
        return { fine: true };
      }),
    ],
    async verify({ send, runsOf, run, endedRun, ledger }) {
      const [id = ""] = await send({ name: "api/look", data: {} });
      await ledger.until("began");
      const [found] = await runsOf(id);
      assert.equal((await run(found?.run_id ?? "")).status, "Running");
      ledger.note("release");
      const ended = await endedRun(found?.run_id ?? "");
      assert.equal(ended.status, "Completed");
      assert.deepEqual(ended.output, { fine: true });
    },
  },
  {
    title: "an accepted event can be read back by its id",
    async verify({ send, event }) {
      const [id = ""] = await send({ name: "api/read", data: { n: 1 } });
      const data = await event(id);
      assert.equal(data.name, "api/read");
      assert.deepEqual(data.data, { n: 1 });
    },
  },
  {
    title: "an event without a name is refused",
    async verify({ api, eventPath }) {
      assert.equal((await api(eventPath, post({ data: {} }))).status, 400);
    },
  },
  {
    title: "a body that is not JSON is refused",
    async verify({ api, eventPath }) {
      assert.equal((await api(eventPath, post("{"))).status, 400);
    },
  },
  {
    title: "a single event may be sent without an array",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "single", triggers: [{ event: "api/single" }] }, async () =>
        ledger.note("single"),
      ),
    ],
    async verify({ api, eventPath, ledger }) {
      const response = await api(eventPath, post({ name: "api/single", data: {} }));
      const body = (await response.json()) as { ids: string[]; status: number };
      assert.equal(body.ids.length, 1);
      assert.equal(body.status, 200);
      await ledger.until("single");
    },
  },
  {
    title: "an unknown run is not found",
    only: "embedded",
    async verify({ api, cancel }) {
      assert.equal((await api("/v1/runs/nothing")).status, 404);
      assert.equal(await cancel("nothing"), 404);
    },
  },
  {
    title: "a checkpoint for a call that holds no run is a conflict",
    only: "embedded",
    async verify({ api }) {
      const steps = [{ id: "x", op: "StepRun", data: 1 }];
      const body = { run_id: "nothing", fn_id: "x", qi_id: "1", generation_id: 99, steps, ts: 0 };
      assert.equal((await api("/v1/checkpoint/nothing/async", post(body))).status, 409);
    },
  },
  {
    title: "a step that this engine does not execute fails the run with a sentence",
    only: "embedded",
    functions: ({ client }) => [
      client.createFunction({ id: "signal", triggers: [{ event: "api/signal" }] }, async ({ step }) => {
        await step.waitForSignal("sig", { signal: "any", timeout: "1h", onConflict: "fail" });
      }),
    ],
    async verify({ send, ended }) {
      const [id = ""] = await send({ name: "api/signal", data: {} });
      const run = await ended(id);
      assert.equal(run.status, "Failed");
      assert.match(JSON.stringify(run.output), /WaitForSignal, which this engine does not execute/);
    },
  },
  {
    title: "registering the same functions again changes nothing",
    only: "embedded",
    async verify({ api }) {
      const app = { ...appFunction({}), appName: "same" };
      const first = (await (await api("/fn/register", post(app))).json()) as {
        ok: boolean;
        modified: boolean;
      };
      const second = (await (await api("/fn/register", post(app))).json()) as {
        ok: boolean;
        modified: boolean;
      };
      assert.equal(first.ok && second.ok, true);
      assert.equal(second.modified, false);
    },
  },
  {
    title: "a run tells its function, its event and its times",
    functions: ({ client }) => [
      client.createFunction({ id: "tells", triggers: [{ event: "api/tells" }] }, async () => "told"),
    ],
    async verify({ send, ended, kind }) {
      const [id = ""] = await send({ name: "api/tells", data: {} });
      const run = await ended(id);
      // Inngest has ids of its own for functions.
      if (kind === "embedded") assert.match(run.function_id ?? "", /conformance-tells$/);
      assert.equal(run.event_id, id);
      const [began, end] = [run.run_started_at, run.ended_at].map((time) => Date.parse(String(time)));
      assert.ok((began ?? Number.NaN) <= (end ?? Number.NaN));
    },
  },
  {
    title: "what is not there is not found, and another method is not allowed",
    only: "embedded",
    async verify({ api }) {
      const status = async (path: string, method = "GET") => (await api(path, { method })).status;
      assert.deepEqual(
        [await status("/nothing"), await status("/v1/events/nothing"), await status("/v1/runs/a/b/c")],
        [404, 404, 404],
      );
      assert.deepEqual([await status("/fn/register"), await status("/health", "POST")], [405, 405]);
      assert.equal(await status("/health/"), 200);
    },
  },
  {
    title: "what this engine does not serve is said in a sentence",
    only: "embedded",
    async verify({ api }) {
      for (const path of [
        "/v1/signals",
        "/v1/realtime/publish",
        "/v1/realtime/token",
        "/v1/cancellations",
        "/v1/checkpoint",
        "/v0/connect/start",
      ]) {
        const response = await api(path, post({}));
        assert.equal(response.status, 501, path);
        assert.match(((await response.json()) as { error: string }).error, /^This engine does not serve /);
      }
    },
  },
];
