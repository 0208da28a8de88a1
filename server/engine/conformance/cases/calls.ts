import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import type { Case } from "../case";
import { type RawReply, reported, returned, threw } from "../raw-app";

const post = (body: unknown): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

const done = (id: string, data: unknown) => ({ id, op: "StepRun", name: id, displayName: id, data });
const planned = (id: string) => ({ id, op: "StepPlanned", name: id, displayName: id });
const sleep = (id: string, time: string) => ({ id, op: "Sleep", name: time, displayName: id });

/** The answer of a function that goes on as each of its parallel steps is done. */
function oneByOne(...ops: Record<string, unknown>[]): RawReply {
  const reply = reported(...ops);
  return reply === "broken"
    ? reply
    : { ...reply, headers: { ...reply.headers, "x-inngest-req-version": "1" } };
}

/** What a call carries, and which calls are made. */
export const callCases: Case[] = [
  {
    title: "a call says which run, function, attempt and step it is for",
    async verify({ rawApp, send, ended }) {
      const app = await rawApp("says", ({ body, url, headers }) => {
        const { ctx, event, events } = body;
        return returned({ ctx, event, events, url, run: headers["x-run-id"] });
      });
      await app.register([{ id: "fn", triggers: [{ event: app.name }] }]);
      const [id = ""] = await send({ name: app.name, data: { n: 1 }, ts: 1_700_000_000_000 });
      const run = await ended(id);
      const { ctx, event, events, url, run: header } = run.output as Record<string, Record<string, unknown>>;
      assert.equal(ctx?.run_id, run.run_id);
      assert.equal(header, run.run_id);
      assert.equal(ctx?.fn_id, run.function_id);
      assert.deepEqual([ctx?.attempt, ctx?.max_attempts, ctx?.step_id], [0, 5, "step"]);
      assert.deepEqual(ctx?.stack, { current: 0, stack: [] });
      assert.deepEqual([ctx?.disable_immediate_execution, ctx?.use_api], [false, false]);
      assert.match(String(url), /fnId=raw-says-\w+-fn&stepId=step$/);
      assert.deepEqual([event?.data, event?.ts], [{ n: 1 }, 1_700_000_000_000]);
      assert.deepEqual(events, [event]);
    },
  },
  {
    title: "results are replayed in the order in which they came, whatever their ids",
    // Inngest keeps no order among the results of one answer.
    only: "embedded",
    async verify({ rawApp, send, ended }) {
      const app = await rawApp("order", ({ body }) =>
        Object.keys(body.steps).length > 0
          ? returned(body.ctx.stack)
          : reported(done("z", 1), done("a", 2), done("m", 3)),
      );
      await app.register([{ id: "fn", triggers: [{ event: app.name }] }]);
      const [id = ""] = await send({ name: app.name, data: {} });
      assert.deepEqual((await ended(id)).output, { stack: ["z", "a", "m"], current: 3 });
    },
  },
  {
    title: "a planned step is called by its id, once, and then the function again",
    async verify({ rawApp, send, ended, ledger }) {
      const app = await rawApp("planned", ({ body, url }) => {
        const at = String(body.ctx.step_id);
        ledger.note(`${at} ${url.endsWith(`stepId=${at}`)} ${Object.keys(body.steps).length}`);
        if (at !== "step") return reported(done(at, at));
        return Object.keys(body.steps).length > 0
          ? returned(body.steps)
          : reported(planned("p"), planned("q"));
      });
      await app.register([{ id: "fn", triggers: [{ event: app.name }] }]);
      const [id = ""] = await send({ name: app.name, data: {} });
      assert.deepEqual((await ended(id)).output, { p: { data: "p" }, q: { data: "q" } });
      const calls = ledger.entries().map((entry) => entry.replace(/^(p|q) true \d/, "$1 true"));
      assert.deepEqual(calls.sort(), ["p true", "q true", "step true 0", "step true 2"]);
    },
  },
  {
    title: "a planned step whose call breaks off has that for its error, and the function goes on",
    async verify({ rawApp, send, ended }) {
      const app = await rawApp("cut-step", ({ body }) => {
        if (body.ctx.step_id !== "step") return "broken";
        if (!("p" in body.steps)) return reported(planned("p"));
        return returned(Object.keys(body.steps.p as object));
      });
      await app.register([{ id: "fn", retries: 0, triggers: [{ event: app.name }] }]);
      const [id = ""] = await send({ name: app.name, data: {} });
      assert.deepEqual((await ended(id)).output, ["error"]);
    },
  },
  {
    title: "while a planned step is out a function is told to begin nothing itself",
    only: "embedded",
    async verify({ rawApp, send, ended, ledger }) {
      const app = await rawApp("planning", async ({ body }) => {
        const { step_id, disable_immediate_execution } = body.ctx;
        if (step_id === "slow") await ledger.until("seen");
        if (step_id !== "step") return reported(done(String(step_id), disable_immediate_execution));
        if (!("fast" in body.steps)) return oneByOne(planned("slow"), planned("fast"));
        if ("slow" in body.steps) return returned([disable_immediate_execution, body.steps]);
        ledger.note(`told ${disable_immediate_execution}`);
        ledger.note("seen");
        return oneByOne(planned("slow"));
      });
      await app.register([{ id: "fn", retries: 0, triggers: [{ event: app.name }] }]);
      const [id = ""] = await send({ name: app.name, data: {} });
      const steps = { fast: { data: false }, slow: { data: false } };
      assert.deepEqual((await ended(id)).output, [false, steps]);
      assert.equal(ledger.count("told true"), 1);
    },
  },
  {
    title: "a step that is done while its function is being called is not overlooked",
    async verify({ rawApp, send, ended, ledger }) {
      const app = await rawApp("meanwhile", async ({ body }) => {
        ledger.note("call");
        const slept = Object.keys(body.steps).sort();
        if (slept.length === 0) return oneByOne(sleep("s1", "1s"), sleep("s2", "2s"));
        if (slept.length === 2) return returned(slept);
        await pause(4000);
        return oneByOne();
      });
      await app.register([{ id: "fn", retries: 0, triggers: [{ event: app.name }] }]);
      const [id = ""] = await send({ name: app.name, data: {} });
      assert.deepEqual((await ended(id)).output, ["s1", "s2"]);
    },
  },
  ...(["raced", "plain"] as const).map(
    (first): Case => ({
      title: `a ${first} step lets its function go on while a ${first === "raced" ? "plain" : "raced"} one is out`,
      only: "embedded",
      async verify({ rawApp, send, ended, ledger }) {
        const app = await rawApp(`first-${first}`, async ({ body }) => {
          const at = String(body.ctx.step_id);
          if (at !== "step" && at !== first) await ledger.until("seen");
          if (at !== "step") return reported(done(at, at));
          const results = Object.keys(body.steps).sort();
          if (results.length === 0)
            return reported({ ...planned("raced"), opts: { parallelMode: "race" } }, planned("plain"));
          ledger.note("seen");
          return results.length === 2 ? returned(results) : reported();
        });
        await app.register([{ id: "fn", retries: 0, triggers: [{ event: app.name }] }]);
        const [id = ""] = await send({ name: app.name, data: {} });
        assert.deepEqual((await ended(id)).output, ["plain", "raced"]);
      },
    }),
  ),
  {
    title: "events and results that are together too large for a request are read over the API, in order",
    async verify({ rawApp, api, send, ended }) {
      const text = "x".repeat(1_200_000);
      const app = await rawApp("too-large", async ({ body }) => {
        const { ctx, events, steps } = body;
        if ((events as unknown[]).length === 2) return reported(done("large", text.repeat(2)));
        const read = async (what: string) => (await api(`/v0/runs/${ctx.run_id}/${what}`)).json();
        const batch = (await read("batch")) as { data: { n: number } }[];
        const actions = (await read("actions")) as { large: { data: string } };
        const told = [ctx.use_api, body.use_api, steps, batch.map(({ data }) => data.n)];
        return returned([...told, actions.large.data.length]);
      });
      const batchEvents = { maxSize: 2, timeout: "60s" };
      await app.register([{ id: "fn", batchEvents, triggers: [{ event: app.name }] }]);
      const [id = ""] = await send({ name: app.name, data: { n: 1, text } });
      await send({ name: app.name, data: { n: 2, text } });
      assert.deepEqual((await ended(id)).output, [true, true, {}, [1, 2], 2_400_000]);
    },
  },
  {
    title: "a checkpoint that comes after the answer of its call is a conflict",
    only: "embedded",
    async verify({ rawApp, api, send, runsOf, cancel, ledger }) {
      let told = {};
      const app = await rawApp("after-answer", ({ body }) => {
        const { run_id, qi_id, generation_id, fn_id } = body.ctx;
        told = { run_id, qi_id, generation_id, fn_id, ts: Date.now(), steps: [] };
        ledger.note("call");
        return threw("later", { "retry-after": "600" });
      });
      await app.register([{ id: "fn", triggers: [{ event: app.name }] }]);
      const [id = ""] = await send({ name: app.name, data: {} });
      await ledger.until("call");
      const [run] = await runsOf(id);
      const path = `/v1/checkpoint/${run?.run_id}/async`;
      // Until the answer is stored the call holds its run.
      for (let status = 200; status !== 409; status = (await api(path, post(told))).status) await pause(100);
      assert.equal(ledger.count("call"), 1);
      await cancel(run?.run_id ?? "");
    },
  },
  {
    title: "a checkpoint that is none of a live call, or of a step that cannot be one, is a conflict",
    only: "embedded",
    async verify({ rawApp, api, send, ended, ledger }) {
      const app = await rawApp("odd-checkpoint", async ({ body }) => {
        const { run_id, qi_id, generation_id, fn_id } = body.ctx;
        const told = { run_id, qi_id, generation_id, fn_id, ts: Date.now() };
        const tell = async (change: Record<string, unknown>): Promise<void> => {
          const path = `/v1/checkpoint/${run_id}/async`;
          ledger.note(`status ${(await api(path, post({ ...told, ...change }))).status}`);
        };
        await tell({ qi_id: "x", steps: [done("s1", 1)] });
        await tell({ generation_id: generation_id + 1, steps: [done("s1", 1)] });
        await tell({ steps: "none" });
        await tell({ steps: [done("s1", 1)] });
        await tell({ steps: [sleep("nap", "1s")] });
        return returned("not believed");
      });
      await app.register([{ id: "fn", retries: 0, triggers: [{ event: app.name }] }]);
      const [id = ""] = await send({ name: app.name, data: {} });
      const run = await ended(id);
      assert.equal(run.status, "Failed");
      assert.match(JSON.stringify(run.output), /nap.+ is a Sleep, which this engine does not execute/);
      await ledger.until("status 409", 3);
      assert.deepEqual(
        ledger.entries(),
        ["409", "409", "400", "200", "409"].map((status) => `status ${status}`),
      );
    },
  },
];
