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

function refusal(what: string, extra: Record<string, unknown>, sentence: RegExp): Case {
  return {
    title: `a registration with ${what} is refused with a sentence`,
    only: "embedded",
    async verify({ api }) {
      const response = await api("/fn/register", post(appFunction(extra)));
      const body = (await response.json()) as { error: string };
      assert.equal(response.status, 400);
      assert.match(body.error, /^Function "refused-one" /);
      assert.match(body.error, sentence);
    },
  };
}

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
    async verify({ send, api }) {
      const [id = ""] = await send({ name: "api/read", data: { n: 1 } });
      const response = await api(`/v1/events/${id}`);
      const { data } = (await response.json()) as { data: { name: string; data: { n: number } } };
      assert.equal(data.name, "api/read");
      assert.equal(data.data.n, 1);
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
  refusal("an unknown rule", { teleport: true }, /uses teleport, which this engine does not support/),
  refusal(
    "connect",
    { steps: { step: { id: "step", name: "s", runtime: { type: "ws", url: "ws://x" } } } },
    /over connect/,
  ),
  refusal("a bad cron", { triggers: [{ cron: "61 * * * *" }] }, /not a valid cron expression/),
  refusal("6 cron fields", { triggers: [{ cron: "* * * * * *" }] }, /does not have 5 fields/),
  refusal(
    "an unknown CEL function",
    { triggers: [{ event: "e", expression: "size(event.data.x) > 1" }] },
    /function "size"/,
  ),
  refusal("a broken expression", { idempotency: "event.data." }, /is not valid/),
  refusal(
    "3 concurrency limits",
    { concurrency: [{ limit: 1 }, { limit: 2 }, { limit: 3 }] },
    /more than 2 concurrency limits/,
  ),
  refusal(
    "batch and cancelOn",
    { batchEvents: { maxSize: 2, timeout: "5s" }, cancel: [{ event: "x" }] },
    /cannot be combined/,
  ),
  refusal("a period that is none", { debounce: { period: "soon" } }, /not a duration/),
  refusal(
    "21 retries",
    {
      steps: {
        step: {
          id: "s",
          name: "s",
          runtime: { type: "http", url: "http://127.0.0.1:9/" },
          retries: { attempts: 21 },
        },
      },
    },
    /more than 20 retries/,
  ),
];
