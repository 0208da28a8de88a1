import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { batchOf, type Case, type Scene } from "../case";

/** Runs of these events other than the one that each starts of a function without a rule. */
async function runsBesides(runsOf: Scene["runsOf"], ids: string[]): Promise<number> {
  const runs = await Promise.all(ids.map((id) => runsOf(id)));
  return runs.flat().length - ids.length;
}

/** Finer points of the rules in gates.ts. */
export const finerGateCases: Case[] = [
  {
    title: "a rate limit of 20 lets a burst of a tenth of it through, one more than the spacing",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "burst-rate",
          rateLimit: { limit: 20, period: "24h", key: "event.data.key" },
          triggers: [{ event: "finer/rate" }],
        },
        async () => ledger.note("ran"),
      ),
      client.createFunction({ id: "burst-rate-all", triggers: [{ event: "finer/rate" }] }, async () =>
        ledger.note("seen"),
      ),
    ],
    async verify({ send, runsOf, ledger, tag }) {
      const event = { name: "finer/rate", data: { key: tag } };
      const ids = await send(Array.from({ length: 8 }, () => event));
      await Promise.all([ledger.until("seen", 8), ledger.until("ran", 3)]);
      assert.equal(await runsBesides(runsOf, ids), 3);
    },
  },
  {
    title: "a rate limit of 10 in 20 seconds lets one more through every 2 seconds",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "spaced-rate",
          rateLimit: { limit: 10, period: "20s", key: "event.data.key" },
          triggers: [{ event: "finer/spaced" }],
        },
        async () => ledger.note("ran"),
      ),
    ],
    async verify({ send, repeat, ledger, tag }) {
      await repeat(
        () => send({ name: "finer/spaced", data: { key: tag } }),
        () => ledger.until("ran", 5, 18_000),
      );
    },
  },
  {
    title: "a rate limit that was not used up saves nothing",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "idle-rate",
          rateLimit: { limit: 1, period: "2s", key: "event.data.key" },
          triggers: [{ event: "finer/idle-rate" }],
        },
        async () => ledger.note("ran"),
      ),
      client.createFunction({ id: "idle-rate-all", triggers: [{ event: "finer/idle-rate" }] }, async () =>
        ledger.note("seen"),
      ),
    ],
    async verify({ send, runsOf, ledger, tag }) {
      const event = { name: "finer/idle-rate", data: { key: tag } };
      await send(event);
      await ledger.until("ran");
      await pause(7000);
      const ids = await send(Array.from({ length: 5 }, () => event));
      await Promise.all([ledger.until("seen", 6), ledger.until("ran", 2)]);
      assert.equal(await runsBesides(runsOf, ids), 1);
    },
  },
  {
    title: "a batch's if lets events that do not match it run at once, each on its own",
    functions: ({ client, ledger, kind }) => [
      client.createFunction(
        {
          id: "batch-if",
          batchEvents: { maxSize: 2, timeout: "30s", if: "event.data.bulk == true" },
          triggers: [{ event: "finer/batch" }],
        },
        async ({ events }) => ledger.note(batchOf(kind, events).join("+")),
      ),
    ],
    async verify({ send, ledger }) {
      for (const [n, bulk] of [
        [1, true],
        [2, false],
        [3, true],
      ] as const)
        await send({ name: "finer/batch", data: { n, bulk } });
      await Promise.all([ledger.until("2"), ledger.until("1+3")]);
      assert.equal(ledger.entries().length, 2);
    },
  },
  {
    title: "every member of a batch is answered with its run",
    only: "embedded",
    functions: ({ client }) => [
      client.createFunction(
        {
          id: "batch-members",
          batchEvents: { maxSize: 2, timeout: "30s", key: "event.data.key" },
          triggers: [{ event: "finer/members" }],
        },
        async ({ events }) => events.length,
      ),
    ],
    async verify({ send, ended, tag }) {
      const first = await send({ name: "finer/members", data: { key: tag } });
      const second = await send({ name: "finer/members", data: { key: tag } });
      const runs = await Promise.all([...first, ...second].map((id) => ended(id)));
      assert.deepEqual(
        runs.map(({ output }) => output),
        [2, 2],
      );
      assert.equal(new Set(runs.map(({ run_id }) => run_id)).size, 1);
    },
  },
  {
    title: "throttle with a burst lets that many more start at once",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "throttle-burst",
          throttle: { limit: 1, period: "30s", burst: 3, key: "event.data.key" },
          triggers: [{ event: "finer/burst" }],
        },
        async () => ledger.note("ran"),
      ),
    ],
    async verify({ send, ledger, tag }) {
      await send(Array.from({ length: 6 }, () => ({ name: "finer/burst", data: { key: tag } })));
      await ledger.until("ran", 3);
      assert.ok(ledger.count("ran") <= 4, `${ledger.count("ran")} started at once`);
    },
  },
  {
    title: "throttle holds back the start of a run and none of its steps",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "throttle-steps",
          throttle: { limit: 1, period: "60s", key: "event.data.key" },
          triggers: [{ event: "finer/steps" }],
        },
        async ({ step }) => {
          await step.run("a", () => ledger.note("a"));
          await step.sleep("rest", "1s");
          await Promise.all(["b", "c"].map((id) => step.run(id, () => ledger.note(id))));
          return step.run("d", () => ledger.note("d", "through"));
        },
      ),
    ],
    async verify({ send, ended, ledger, tag }) {
      const [id = ""] = await send({ name: "finer/steps", data: { key: tag } });
      await ledger.until("d", 1, 30_000);
      assert.equal((await ended(id)).output, "through");
    },
  },
  {
    title: "singleton cancel leaves runs of another key alone",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "single-keys",
          singleton: { mode: "cancel", key: "event.data.key" },
          triggers: [{ event: "finer/single" }],
        },
        async ({ event, step }) => {
          await step.run("began", () => ledger.note(`began ${event.data.n}`));
          await step.sleep("rest", "3s");
          return event.data.n;
        },
      ),
    ],
    async verify({ send, ended, ledger, tag }) {
      const event = (key: string, n: number) => ({ name: "finer/single", data: { key: `${key}-${tag}`, n } });
      const [a = "", b = ""] = await send([event("a", 1), event("b", 2)]);
      await Promise.all([ledger.until("began 1"), ledger.until("began 2")]);
      assert.equal((await ended(a)).output, 1);
      assert.equal((await ended(b)).output, 2);
    },
  },
  {
    title: "a debounce without a key is one for all events of the function",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "debounce-all", debounce: { period: "5s" }, triggers: [{ event: "finer/debounce" }] },
        async ({ event }) => ledger.note(`n ${event.data.n}`),
      ),
    ],
    async verify({ send, ledger }) {
      for (const n of [1, 2]) await send({ name: "finer/debounce", data: { n } });
      await ledger.until("n 2");
      assert.equal(ledger.entries().length, 1);
    },
  },
  {
    title: "idempotency and event ids of different functions do not mix",
    functions: ({ client, ledger }) =>
      ["x", "y"].map((name) =>
        client.createFunction(
          { id: `idem-${name}`, idempotency: "event.data.key", triggers: [{ event: "finer/idem" }] },
          async ({ event }) => ledger.note(`${name} ${event.data.key}`),
        ),
      ),
    async verify({ send, ledger, tag }) {
      await send([1, 2].map(() => ({ name: "finer/idem", data: { key: tag } })));
      await Promise.all([ledger.until(`x ${tag}`), ledger.until(`y ${tag}`)]);
      assert.equal(ledger.entries().length, 2);
    },
  },
];
