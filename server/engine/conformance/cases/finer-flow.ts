import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { batchOf, type Case } from "../case";
import { returned } from "../raw-app";

/** Finer points of concurrency, priority, debounce, batches and time-outs. */
export const finerFlowCases: Case[] = [
  {
    title: "a priority counts up to 600, and what is no number counts as none",
    only: "embedded",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "priority-most",
          concurrency: 1,
          priority: { run: "event.data.rank" },
          triggers: [{ event: "finer/priority" }],
        },
        async ({ event }) => {
          ledger.note(event.data.name);
          if (event.data.name === "blocker") await ledger.until("release");
        },
      ),
    ],
    async verify({ send, ledger }) {
      const event = (name: string, rank: unknown) => ({ name: "finer/priority", data: { name, rank } });
      await send(event("blocker", 0));
      await ledger.until("blocker");
      for (const [name, rank] of [
        ["none", "high"],
        ["least", -100_000],
        ["most", 600],
        ["more", 100_000_000],
        ["lower", -600],
      ] as const)
        await send(event(name, rank));
      ledger.note("release");
      await ledger.until("lower");
      await ledger.until("least");
      assert.deepEqual(ledger.entries(), ["blocker", "release", "most", "more", "none", "least", "lower"]);
    },
  },
  {
    title: "a concurrency limit of 0 is none",
    async verify({ rawApp, send, ended }) {
      const app = await rawApp("no-limit", () => returned("ran"));
      await app.register([{ id: "fn", concurrency: { limit: 0 }, triggers: [{ event: app.name }] }]);
      const [id = ""] = await send({ name: app.name, data: {} });
      assert.equal((await ended(id)).output, "ran");
    },
  },
  {
    title: "functions with the same key have limits of their own",
    functions: ({ client, ledger }) =>
      ["x", "y"].map((name) =>
        client.createFunction(
          {
            id: `own-limit-${name}`,
            concurrency: { limit: 1, key: "event.data.key" },
            triggers: [{ event: "finer/own-limit" }],
          },
          async () => {
            ledger.note("began");
            await ledger.until("began", 2);
          },
        ),
      ),
    async verify({ send, ledger, tag }) {
      await send({ name: "finer/own-limit", data: { key: tag } });
      await ledger.until("began", 2);
    },
  },
  {
    title: "a limit of scope account is shared by functions with the same key, and not with scope env",
    functions: ({ client, ledger }) =>
      (["account", "account", "env"] as const).map((scope, index) =>
        client.createFunction(
          {
            id: `account-${index}`,
            concurrency: { limit: 1, scope, key: "event.data.shared" },
            triggers: [{ event: "finer/account" }],
          },
          async () => {
            const label = index === 2 ? "env" : "account";
            ledger.note(label);
            await ledger.until("release");
            ledger.note(`${label} end`);
          },
        ),
      ),
    async verify({ send, runsOf, ledger, tag }) {
      const [id = ""] = await send({ name: "finer/account", data: { shared: `account-${tag}` } });
      await Promise.all([ledger.until("account"), ledger.until("env")]);
      // Both runs of scope account are there; only one of them may have begun.
      await runsOf(id, 3);
      assert.equal(ledger.count("account"), 1);
      ledger.note("release");
      await ledger.until("account end", 2);
    },
  },
  {
    title: "the second of two limits holds also when the first has room",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "second-limit",
          concurrency: [{ limit: 5 }, { limit: 1, key: "event.data.key" }],
          triggers: [{ event: "finer/second" }],
        },
        async ({ event }) => {
          ledger.note(event.data.name);
          if (event.data.name !== "last") await ledger.until("release");
          ledger.note(`${event.data.name} end`);
        },
      ),
    ],
    async verify({ send, ledger, tag }) {
      const event = (name: string, key: string) => ({
        name: "finer/second",
        data: { name, key: `${key}-${tag}` },
      });
      await send([event("first", "a"), event("held", "a"), event("other", "b"), event("last", "c")]);
      await Promise.all([ledger.until("first"), ledger.until("other"), ledger.until("last end")]);
      assert.equal(ledger.count("held"), 0);
      ledger.note("release");
      await ledger.until("held end");
    },
  },
  {
    title: "what idempotency leaves out uses up nothing of a rate limit",
    only: "embedded",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "idempotent-rate",
          idempotency: "event.data.key",
          rateLimit: { limit: 10, period: "24h", key: "event.data.group" },
          triggers: [{ event: "finer/idempotent-rate" }],
        },
        async ({ event }) => ledger.note(event.data.key),
      ),
    ],
    async verify({ send, ledger, tag }) {
      const keys = ["a", "a", "a", "a", "b"].map((key) => `${key}-${tag}`);
      await send(keys.map((key) => ({ name: "finer/idempotent-rate", data: { key, group: tag } })));
      await Promise.all([ledger.until(`a-${tag}`), ledger.until(`b-${tag}`)]);
      assert.equal(ledger.entries().length, 2);
    },
  },
  {
    title: "a debounced function that is a singleton does not begin while its run is live",
    only: "embedded",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "debounced-single",
          debounce: { period: "1s" },
          singleton: { mode: "skip" },
          triggers: [{ event: "finer/debounced" }],
        },
        async ({ event }) => {
          ledger.note(`n ${event.data.n}`);
          if (event.data.n === 1) await ledger.until("release");
        },
      ),
      client.createFunction(
        { id: "debounced-after", debounce: { period: "2s" }, triggers: [{ event: "finer/debounced" }] },
        async ({ event }) => ledger.note(`after ${event.data.n}`),
      ),
    ],
    async verify({ send, ledger }) {
      await send({ name: "finer/debounced", data: { n: 1 } });
      await Promise.all([ledger.until("n 1"), ledger.until("after 1")]);
      await send({ name: "finer/debounced", data: { n: 2 } });
      await ledger.until("after 2");
      ledger.note("release");
      assert.equal(ledger.count("n 2"), 0);
    },
  },
  {
    title: "a batch's time-out begins with its first event, however many more come",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "batch-busy",
          batchEvents: { maxSize: 1000, timeout: "3s", key: "event.data.key" },
          triggers: [{ event: "finer/batch-busy" }],
        },
        async () => ledger.note("ran"),
      ),
    ],
    async verify({ send, repeat, ledger, tag }) {
      await repeat(
        () => send({ name: "finer/batch-busy", data: { key: tag } }),
        () => ledger.until("ran"),
      );
    },
  },
  {
    title: "a batch that came full leaves the next one its whole time-out",
    functions: ({ client, ledger, kind }) => [
      client.createFunction(
        {
          id: "batch-next",
          batchEvents: { maxSize: 2, timeout: "8s", key: "event.data.key" },
          triggers: [{ event: "finer/batch-next" }],
        },
        async ({ events }) => ledger.note(batchOf(kind, events).join("+")),
      ),
    ],
    async verify({ send, ledger, tag }) {
      const event = (n: number) => ({ name: "finer/batch-next", data: { key: tag, n } });
      for (const n of [1, 2]) await send(event(n));
      await ledger.until("1+2");
      for (const n of [3, 4]) {
        await pause(5000);
        await send(event(n));
      }
      await ledger.until("3+4", 1, 20_000);
    },
  },
  {
    title: "a start time-out does not end a run that has begun",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "begun", timeouts: { start: "2s" }, triggers: [{ event: "finer/begun" }] },
        async ({ step }) => {
          await step.run("a", () => ledger.note("a"));
          await step.sleep("rest", "4s");
          return "through";
        },
      ),
    ],
    async verify({ send, ended }) {
      const [id = ""] = await send({ name: "finer/begun", data: {} });
      assert.equal((await ended(id)).output, "through");
    },
  },
  {
    title: "an invoked function sees the version that its caller gives",
    functions: ({ client }) => {
      const child = client.createFunction(
        { id: "versioned", triggers: [{ event: "finer/versioned" }] },
        async ({ event }) => event.v ?? null,
      );
      const parent = client.createFunction(
        { id: "gives-version", triggers: [{ event: "finer/gives-version" }] },
        async ({ step }) => step.invoke("call", { function: child, data: {}, v: "2026-11" }),
      );
      return [child, parent];
    },
    async verify({ send, ended }) {
      const [id = ""] = await send({ name: "finer/gives-version", data: {} });
      assert.equal((await ended(id)).output, "2026-11");
    },
  },
];
