import assert from "node:assert/strict";
import type { Case } from "../case";
import { type RawCall, type RawReply, reported, returned, threw } from "../raw-app";

const post = (body: unknown): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

/** Well below the first back-off of 15 seconds and far above a slow machine's answer. */
const soonMs = 12_000;

type Script = (call: RawCall, n: number) => RawReply | Promise<RawReply>;

/** A case with one function whose answers are written by hand; `n` counts its calls from 1. */
function byHand(
  title: string,
  label: string,
  answer: Script,
  expected: { status: string; calls: number; output?: unknown },
  retries = 3,
): Case {
  return {
    title,
    async verify({ rawApp, send, ended, ledger }) {
      const app = await rawApp(label, (call) => {
        ledger.note("call");
        return answer(call, ledger.count("call"));
      });
      const registered = await app.register([{ id: "fn", retries, triggers: [{ event: app.name }] }]);
      assert.equal(registered.status, 200);
      const [id = ""] = await send({ name: app.name, data: {} });
      await ledger.until("call", expected.calls, soonMs);
      const run = await ended(id);
      assert.equal(run.status, expected.status);
      if ("output" in expected) assert.deepEqual(run.output, expected.output);
      assert.equal(ledger.count("call"), expected.calls);
    },
  };
}

const step = (id: string, data: unknown) => ({ id, op: "StepRun", name: id, displayName: id, data });

/** The protocol itself, spoken by hand: what an engine makes of answers that the SDK seldom or never gives. */
export const wireCases: Case[] = [
  byHand(
    "Retry-After in seconds is when the next attempt is made",
    "after-seconds",
    (_call, n) => (n === 1 ? threw("busy", { "retry-after": "1" }) : returned(n)),
    { status: "Completed", calls: 2, output: 2 },
  ),
  {
    title: "Retry-After puts the next attempt off by so many seconds, and no less",
    async verify({ rawApp, send, ended, ledger }) {
      const calls: number[] = [];
      const app = await rawApp("put-off", () => {
        calls.push(performance.now());
        return ledger.note("call", calls.length === 1 ? threw("busy", { "retry-after": "5" }) : returned(2));
      });
      await app.register([{ id: "fn", retries: 1, triggers: [{ event: app.name }] }]);
      const [id = ""] = await send({ name: app.name, data: {} });
      assert.equal((await ended(id)).output, 2);
      const [first = 0, second = 0] = calls;
      assert.ok(second - first >= 4000, `tried again after ${second - first} ms`);
    },
  },
  byHand(
    "Retry-After as an HTTP date is when the next attempt is made",
    "after-date",
    (_call, n) =>
      n === 1
        ? threw("busy", { "retry-after": new Date(Date.now() + 2000).toUTCString() })
        : returned("later"),
    { status: "Completed", calls: 2, output: "later" },
  ),
  byHand(
    "x-inngest-no-retry: true ends the run at once, whatever the status",
    "no-retry",
    () => threw("for good", { "x-inngest-no-retry": "true" }, 500),
    { status: "Failed", calls: 1 },
  ),
  byHand(
    "x-inngest-no-retry: false tries again, whatever the status",
    "do-retry",
    (_call, n) =>
      n === 1 ? threw("once", { "x-inngest-no-retry": "false", "retry-after": "1" }, 400) : returned(n),
    { status: "Completed", calls: 2, output: 2 },
  ),
  byHand(
    "an error without a word about retries is tried again",
    "silent-error",
    (_call, n) => (n === 1 ? threw("once", { "retry-after": "1" }, 400) : returned(n)),
    { status: "Completed", calls: 2, output: 2 },
  ),
  byHand(
    "a refused signature (401) is tried again and does not fail the run",
    "refused",
    (call, n) =>
      n <= 2
        ? { status: 401, headers: { "retry-after": "1" }, body: { message: "not signed" } }
        : returned(call.body.steps),
    { status: "Completed", calls: 3, output: {} },
  ),
  byHand(
    "an answer in a 201 envelope is opened",
    "envelope",
    (_call, n) => {
      const inner = n === 1 ? reported(step("s1", 5)) : returned("unpacked");
      if (inner === "broken") return inner;
      const { status, headers, body } = inner;
      return { status: 201, headers: headers ?? {}, body: { status, headers, body: JSON.stringify(body) } };
    },
    { status: "Completed", calls: 2, output: "unpacked" },
  ),
  byHand(
    "a step that is reported is replayed to the next call as data, and an error as error",
    "replayed",
    (call, n) =>
      n === 1
        ? reported(step("s1", { a: [1] }), {
            id: "s2",
            op: "StepFailed",
            name: "s2",
            error: { name: "E", message: "m" },
          })
        : returned(call.body.steps),
    {
      status: "Completed",
      calls: 2,
      output: { s1: { data: { a: [1] } }, s2: { error: { name: "E", message: "m" } } },
    },
  ),
  byHand(
    "a function that asks to be called again is called again",
    "discovery",
    (_call, n) =>
      n === 1 ? reported({ id: "d", op: "DiscoveryRequest", name: "", data: null }) : returned("found"),
    { status: "Completed", calls: 2, output: "found" },
  ),
  {
    title: "a call that breaks off in the middle uses up an attempt",
    async verify({ rawApp, send, ended, ledger }) {
      const app = await rawApp("broken", (call) => {
        ledger.note(`attempt ${call.body.ctx.attempt}`);
        return "broken";
      });
      await app.register([{ id: "fn", retries: 1, triggers: [{ event: app.name }] }]);
      const [id = ""] = await send({ name: app.name, data: {} });
      assert.equal((await ended(id)).status, "Failed");
      assert.deepEqual(ledger.entries(), ["attempt 0", "attempt 1"]);
    },
  },
  {
    title: "a checkpoint is kept when its call breaks off, and a repeated one changes nothing",
    async verify({ rawApp, api, send, ended, ledger }) {
      const app = await rawApp("kept", async ({ body }) => {
        ledger.note("call");
        const { run_id, qi_id, generation_id, fn_id, request_id } = body.ctx;
        if (ledger.count("call") > 1) return returned(body.steps);
        for (const value of ["first", "second"]) {
          const told = { run_id, qi_id, generation_id, fn_id, request_id, ts: Date.now() };
          const steps = [step("s1", value)];
          const { status } = await api(`/v1/checkpoint/${run_id}/async`, post({ ...told, steps }));
          ledger.note(`told ${status < 300}`);
        }
        return "broken";
      });
      await app.register([{ id: "fn", triggers: [{ event: app.name }] }]);
      const [id = ""] = await send({ name: app.name, data: {} });
      assert.deepEqual((await ended(id)).output, { s1: { data: "first" } });
      assert.deepEqual(ledger.entries(), ["call", "told true", "told true", "call"]);
    },
  },
  {
    title: "a checkpoint of an earlier call is a conflict, and its steps are not taken",
    // Inngest takes it.
    only: "embedded",
    async verify({ rawApp, api, send, ended, ledger }) {
      let stale: Record<string, unknown> = {};
      const app = await rawApp("stale", async ({ body }) => {
        ledger.note("call");
        const { run_id, qi_id, generation_id, fn_id, request_id } = body.ctx;
        if (ledger.count("call") === 1) {
          stale = { run_id, qi_id, generation_id, fn_id, request_id, ts: Date.now(), steps: [step("s1", 1)] };
          return threw("later", { "retry-after": "1" });
        }
        const { status } = await api(`/v1/checkpoint/${run_id}/async`, post(stale));
        ledger.note(`status ${status}`);
        return ledger.count("call") === 2 ? reported(step("s2", 2)) : returned(body.steps);
      });
      await app.register([{ id: "fn", triggers: [{ event: app.name }] }]);
      const [id = ""] = await send({ name: app.name, data: {} });
      assert.deepEqual((await ended(id)).output, { s2: { data: 2 } });
      assert.equal(ledger.count("status 409"), 2);
    },
  },
  {
    title: "an answer that is not one of an Inngest app uses up an attempt, whatever its status",
    only: "embedded",
    async verify({ rawApp, send, ended }) {
      const app = await rawApp("foreign", () => ({
        status: 200,
        body: null,
        text: "<html>a proxy's page</html>",
      }));
      await app.register([{ id: "fn", retries: 0, triggers: [{ event: app.name }] }]);
      const [id = ""] = await send({ name: app.name, data: {} });
      const run = await ended(id);
      assert.equal(run.status, "Failed");
      assert.match(JSON.stringify(run.output), /answered 200, but not as an Inngest app/);
    },
  },
  {
    title: "a function that reports nothing new while nothing is pending uses up attempts",
    only: "embedded",
    async verify({ rawApp, send, ended, ledger }) {
      const app = await rawApp("stuck", () => {
        ledger.note("call");
        return reported();
      });
      await app.register([{ id: "fn", retries: 0, triggers: [{ event: app.name }] }]);
      const [id = ""] = await send({ name: app.name, data: {} });
      const run = await ended(id);
      assert.match(JSON.stringify(run.output), /nothing new/);
      assert.equal(ledger.count("call"), 1);
    },
  },
  {
    title: "an app that cannot be reached uses up no attempt, and is called at its new address",
    only: "embedded",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "reached", triggers: [{ event: "wire/reached" }] }, async () =>
        ledger.note("reached"),
      ),
    ],
    async verify({ rawApp, send, ended, ledger }) {
      const app = await rawApp("moved", ({ body }) => ledger.note("call", returned(body.ctx.attempt)));
      const functions = [{ id: "fn", retries: 0, triggers: [{ event: app.name }] }];
      await app.register(functions);
      await app.close();
      const [id = ""] = await send({ name: app.name, data: {} });
      // A run that was called after it: by its end the first call has been refused.
      await send({ name: "wire/reached", data: {} });
      await ledger.until("reached");
      await app.move();
      await app.register(functions);
      assert.equal((await ended(id)).output, 0);
      assert.equal(ledger.count("call"), 1);
    },
  },
];
