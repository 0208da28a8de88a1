import assert from "node:assert/strict";
import type { Case } from "../case";

/** One step after another: run, sleep, sendEvent, memoisation, what values survive. */
export const stepCases: Case[] = [
  {
    title: "a function without steps runs once and its return value is the run's output",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "plain", triggers: [{ event: "steps/plain" }] }, async ({ event }) =>
        ledger.note("body", { twice: event.data.n * 2 }),
      ),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "steps/plain", data: { n: 21 } });
      const run = await ended(id);
      assert.equal(run.status, "Completed");
      assert.deepEqual(run.output, { twice: 42 });
      assert.deepEqual(ledger.entries(), ["body"]);
    },
  },
  {
    title: "steps run once, in order, and later steps see earlier results",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "chain", triggers: [{ event: "steps/chain" }] }, async ({ step }) => {
        const a = await step.run("a", () => ledger.note("a", 1));
        const b = await step.run("b", () => ledger.note("b", a + 1));
        return step.run("c", () => ledger.note("c", { sum: a + b }));
      }),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "steps/chain", data: {} });
      assert.deepEqual((await ended(id)).output, { sum: 3 });
      assert.deepEqual(ledger.entries(), ["a", "b", "c"]);
    },
  },
  {
    title: "a sleep keeps the run, and earlier steps are not repeated after it",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "sleep", triggers: [{ event: "steps/sleep" }] }, async ({ step }) => {
        const before = await step.run("before", () => ledger.note("before", Date.now()));
        await step.sleep("rest", "2s");
        return step.run("after", () => ledger.note("after", Date.now() - before));
      }),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "steps/sleep", data: {} });
      const { output } = await ended(id);
      assert.ok(Number(output) >= 1900, `slept ${output} ms`);
      assert.deepEqual(ledger.entries(), ["before", "after"]);
    },
  },
  {
    title: "sleepUntil an instant waits for it",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "until", triggers: [{ event: "steps/until" }] },
        async ({ step, event }) => {
          await step.sleepUntil("rest", new Date(event.data.at));
          return step.run("after", () => ledger.note("after", Date.now() - event.data.at));
        },
      ),
    ],
    async verify({ send, ended }) {
      const [id = ""] = await send({ name: "steps/until", data: { at: Date.now() + 3000 } });
      const { output } = await ended(id);
      assert.ok(Number(output) >= -1000, `woke ${output} ms after the instant`);
    },
  },
  {
    title: "sleepUntil an instant that has passed goes on",
    functions: ({ client }) => [
      client.createFunction({ id: "past", triggers: [{ event: "steps/past" }] }, async ({ step }) => {
        await step.sleepUntil("rest", new Date(0));
        return "awake";
      }),
    ],
    async verify({ send, ended }) {
      const [id = ""] = await send({ name: "steps/past", data: {} });
      assert.equal((await ended(id)).output, "awake");
    },
  },
  {
    title: "steps with the same id in a loop each keep their own result",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "loop", triggers: [{ event: "steps/loop" }] }, async ({ step }) => {
        const seen: number[] = [];
        for (const n of [1, 2, 3]) seen.push(await step.run("again", () => ledger.note(`again ${n}`, n)));
        await step.sleep("rest", "1s");
        return seen;
      }),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "steps/loop", data: {} });
      assert.deepEqual((await ended(id)).output, [1, 2, 3]);
      assert.deepEqual(ledger.entries(), ["again 1", "again 2", "again 3"]);
    },
  },
  {
    title: "step results keep their JSON value, and undefined comes back as null",
    functions: ({ client }) => [
      client.createFunction({ id: "values", triggers: [{ event: "steps/values" }] }, async ({ step }) => {
        const deep = await step.run("deep", () => ({ b: [1.5, true, null, { ü: "नमस्ते 👋" }], a: "" }));
        const none = await step.run("none", () => undefined);
        const shape = await step.run("shape", () => ({ data: "looks like a memo" }));
        const error = await step.run("error", () => ({ error: "looks like an error" }));
        await step.sleep("rest", "1s");
        return { deep, none, shape, error };
      }),
    ],
    async verify({ send, ended }) {
      const [id = ""] = await send({ name: "steps/values", data: {} });
      assert.deepEqual((await ended(id)).output, {
        deep: { b: [1.5, true, null, { ü: "नमस्ते 👋" }], a: "" },
        none: null,
        shape: { data: "looks like a memo" },
        error: { error: "looks like an error" },
      });
    },
  },
  {
    title: "a function that returns nothing completes with null",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "nothing", triggers: [{ event: "steps/nothing" }] }, async ({ step }) => {
        await step.run("only", () => ledger.note("only"));
      }),
    ],
    async verify({ send, ended }) {
      const [id = ""] = await send({ name: "steps/nothing", data: {} });
      const run = await ended(id);
      assert.equal(run.status, "Completed");
      assert.equal(run.output ?? null, null);
    },
  },
  {
    title: "step.sendEvent starts another function once, even when the sender goes on after a sleep",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "sender", triggers: [{ event: "steps/sender" }] },
        async ({ step, event }) => {
          const { ids } = await step.sendEvent("tell", { name: "steps/told", data: { n: event.data.n } });
          await step.sleep("rest", "1s");
          return ids.length;
        },
      ),
      client.createFunction({ id: "told", triggers: [{ event: "steps/told" }] }, async ({ event }) =>
        ledger.note(`told ${event.data.n}`),
      ),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "steps/sender", data: { n: 5 } });
      assert.equal((await ended(id)).output, 1);
      await ledger.until("told 5");
      assert.deepEqual(ledger.entries(), ["told 5"]);
    },
  },
  {
    title: "the function sees the event's id, name, data and time, and its run id",
    functions: ({ client }) => [
      client.createFunction({ id: "sees", triggers: [{ event: "steps/sees" }] }, async (context) => {
        const { event, events, runId, attempt } = context;
        const { id, name, data, ts } = event;
        return { id, name, data, ts, runId, attempt, count: events.length };
      }),
    ],
    async verify({ send, ended, tag }) {
      const id = `sees-${tag}`;
      const [sent = ""] = await send({ name: "steps/sees", data: { a: [1] }, id, ts: 1_700_000_000_000 });
      const run = await ended(sent);
      const seen = { id, name: "steps/sees", data: { a: [1] }, ts: 1_700_000_000_000 };
      assert.deepEqual(run.output, { ...seen, runId: run.run_id, attempt: 0, count: 1 });
    },
  },
  {
    title: "a run of 60 steps completes with each body run once",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "long", triggers: [{ event: "steps/long" }] }, async ({ step }) => {
        let sum = 0;
        for (let n = 0; n < 60; n++) sum += await step.run(`add-${n}`, () => ledger.note("add", n));
        return sum;
      }),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "steps/long", data: {} });
      assert.equal((await ended(id)).output, 1770);
      assert.equal(ledger.count("add"), 60);
    },
  },
  {
    title: "state of more than 4 MiB is read over the API and comes back whole",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "large", triggers: [{ event: "steps/large" }] },
        async ({ step, event }) => {
          const parts: string[] = [];
          for (const n of [1, 2, 3]) {
            parts.push(
              await step.run(`part-${n}`, () => ledger.note(`part ${n}`, String(n).repeat(1_800_000))),
            );
          }
          await step.sleep("rest", "1s");
          return { lengths: parts.map((part) => part.length), last: parts[2]?.at(-1), n: event.data.n };
        },
      ),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "steps/large", data: { n: 9 } });
      const lengths = [1_800_000, 1_800_000, 1_800_000];
      assert.deepEqual((await ended(id)).output, { lengths, last: "3", n: 9 });
      assert.deepEqual(ledger.entries(), ["part 1", "part 2", "part 3"]);
    },
  },
];
