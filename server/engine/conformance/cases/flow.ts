import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import type { Case } from "../case";

/** Concurrency, throttle and priority: who may run now. */
export const flowCases: Case[] = [
  {
    title: "concurrency 2: never more than two bodies at once, and all runs complete",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "two", concurrency: 2, triggers: [{ event: "flow/two" }] }, async () => {
        ledger.note("began");
        await ledger.span("body", async () => {
          await ledger.until("began", 2);
          await pause(100);
        });
        ledger.note("done");
      }),
    ],
    async verify({ send, ledger }) {
      await send(Array.from({ length: 7 }, () => ({ name: "flow/two", data: {} })));
      await ledger.until("done", 7);
      assert.equal(ledger.peak("body"), 2);
    },
  },
  {
    title: "concurrency with a key counts each value on its own",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "keyed",
          concurrency: { limit: 1, key: "event.data.key" },
          triggers: [{ event: "flow/keyed" }],
        },
        async ({ event }) => {
          ledger.note(`began ${event.data.key}`);
          // Only when keys overlap can any of them end.
          const others = () => Promise.all(["a", "b", "c"].map((key) => ledger.until(`began ${key}`)));
          await ledger.span(event.data.key, others);
          ledger.note("done");
        },
      ),
    ],
    async verify({ send, ledger }) {
      const keys = ["a", "a", "b", "b", "c", "c"];
      await send(keys.map((key) => ({ name: "flow/keyed", data: { key } })));
      await ledger.until("done", 6);
      for (const key of ["a", "b", "c"]) assert.equal(ledger.peak(key), 1);
    },
  },
  {
    title: "two concurrency limits hold together",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "double",
          concurrency: [{ limit: 2 }, { limit: 1, key: "event.data.key" }],
          triggers: [{ event: "flow/double" }],
        },
        async ({ event }) => {
          await ledger.span("any", () => ledger.span(event.data.key, () => pause(300)));
          ledger.note("done");
        },
      ),
    ],
    async verify({ send, ledger }) {
      await send(["a", "a", "a", "b", "b", "c"].map((key) => ({ name: "flow/double", data: { key } })));
      await ledger.until("done", 6);
      assert.equal(ledger.peak("a"), 1);
      assert.ok(ledger.peak("any") <= 2, `${ledger.peak("any")} ran at once`);
    },
  },
  {
    title: "parallel steps of one run count against the limit",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "inner", concurrency: 1, triggers: [{ event: "flow/inner" }] },
        async ({ step }) =>
          Promise.all(
            [1, 2, 3].map((n) => step.run(`s${n}`, () => ledger.span("step", () => pause(200, n)))),
          ),
      ),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "flow/inner", data: {} });
      assert.deepEqual((await ended(id)).output, [1, 2, 3]);
      assert.equal(ledger.peak("step"), 1);
    },
  },
  {
    title: "a sleeping run holds no place",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "asleep", concurrency: 1, triggers: [{ event: "flow/asleep" }] },
        async ({ step, event }) => {
          await step.run("began", () => ledger.note(`began ${event.data.n}`));
          await step.sleep("rest", event.data.n === 1 ? "1h" : "1s");
          await step.run("ended", () => ledger.note(`ended ${event.data.n}`));
        },
      ),
    ],
    async verify({ send, runsOf, cancel, ledger }) {
      const [first = ""] = await send({ name: "flow/asleep", data: { n: 1 } });
      await ledger.until("began 1");
      await send({ name: "flow/asleep", data: { n: 2 } });
      await ledger.until("ended 2");
      assert.equal(ledger.count("ended 1"), 0);
      const [run] = await runsOf(first);
      await cancel(run?.run_id ?? "");
    },
  },
  {
    title: "a limit of scope env is shared by functions with the same key",
    functions: ({ client, ledger, tag }) =>
      ["x", "y"].map((name) =>
        client.createFunction(
          {
            id: `shared-${name}`,
            concurrency: { limit: 1, scope: "env", key: "event.data.shared" },
            triggers: [{ event: `flow/shared-${tag}` }],
          },
          async () => {
            await ledger.span("shared", () => pause(300));
            ledger.note("done");
          },
        ),
      ),
    async verify({ send, ledger, tag }) {
      await send([1, 2].map(() => ({ name: `flow/shared-${tag}`, data: { shared: tag } })));
      await ledger.until("done", 4);
      assert.equal(ledger.peak("shared"), 1);
    },
  },
  {
    title: "throttle lets only so many runs start in a period, and loses none",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "throttled",
          throttle: { limit: 2, period: "8s", key: "event.data.key" },
          triggers: [{ event: "flow/throttle" }],
        },
        async ({ event }) => {
          ledger.note(`at ${Date.now()}`);
          ledger.note(`n ${event.data.n}`);
        },
      ),
    ],
    async verify({ send, ledger, tag }) {
      await send([1, 2, 3, 4].map((n) => ({ name: "flow/throttle", data: { n, key: tag } })));
      await Promise.all([1, 2, 3, 4].map((n) => ledger.until(`n ${n}`)));
      const times = ledger
        .entries()
        .flatMap((entry) => (entry.startsWith("at ") ? [Number(entry.slice(3))] : []));
      const spread = Math.max(...times) - Math.min(...times);
      assert.ok(spread >= 4000, `four starts within ${spread} ms`);
    },
  },
  {
    title: "throttle with a key holds back only its own value",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "throttle-key",
          throttle: { limit: 1, period: "20s", key: "event.data.key" },
          triggers: [{ event: "flow/throttle-key" }],
        },
        async ({ event }) => ledger.note(event.data.key),
      ),
    ],
    async verify({ send, ledger, tag }) {
      const keys = ["a", "a", "b", "c"].map((key) => `${key}-${tag}`);
      await send(keys.map((key) => ({ name: "flow/throttle-key", data: { key } })));
      await Promise.all(["a", "b", "c"].map((key) => ledger.until(`${key}-${tag}`)));
      assert.equal(ledger.count(`a-${tag}`), 1);
    },
  },
  {
    title: "priority puts a later run before earlier ones that wait",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "priority",
          concurrency: 1,
          priority: { run: "event.data.urgent == true ? 300 : 0" },
          triggers: [{ event: "flow/priority" }],
        },
        async ({ event }) => {
          ledger.note(event.data.name);
          if (event.data.name === "blocker") await ledger.until("release");
        },
      ),
    ],
    async verify({ send, ledger }) {
      await send({ name: "flow/priority", data: { name: "blocker" } });
      await ledger.until("blocker");
      await send({ name: "flow/priority", data: { name: "plain 1" } });
      await send({ name: "flow/priority", data: { name: "plain 2" } });
      const [urgent = ""] = await send({ name: "flow/priority", data: { name: "urgent", urgent: true } });
      assert.ok(urgent);
      ledger.note("release");
      await Promise.all([ledger.until("urgent"), ledger.until("plain 1"), ledger.until("plain 2")]);
      const [, , ...rest] = ledger.entries();
      assert.deepEqual([rest[0], ...rest.slice(1).sort()], ["urgent", "plain 1", "plain 2"]);
    },
  },
  {
    title: "runs of one function begin in the order of their events",
    // Inngest promises no order.
    only: "embedded",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "order", concurrency: 1, triggers: [{ event: "flow/order" }] },
        async ({ event }) => ledger.note(`n ${event.data.n}`),
      ),
    ],
    async verify({ send, ledger }) {
      for (const n of [1, 2, 3, 4]) await send({ name: "flow/order", data: { n } });
      await ledger.until("n 4");
      assert.deepEqual(ledger.entries(), ["n 1", "n 2", "n 3", "n 4"]);
    },
  },
];
