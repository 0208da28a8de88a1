import assert from "node:assert/strict";
import type { Case } from "../case";

/** Finer points of steps, waits and events. */
export const finerStepCases: Case[] = [
  {
    title: "an event without data, id and time gets them",
    // On Inngest its data is null.
    only: "embedded",
    functions: ({ client }) => [
      client.createFunction({ id: "bare-event", triggers: [{ event: "finer/bare" }] }, async ({ event }) => ({
        data: event.data,
        hasId: typeof event.id === "string" && event.id.length > 0,
        recent: Math.abs(Date.now() - (event.ts ?? 0)) < 3_600_000,
      })),
    ],
    async verify({ api, eventPath, ended }) {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify([{ name: "finer/bare" }]);
      const response = await api(eventPath, { method: "POST", headers, body });
      const { ids } = (await response.json()) as { ids: string[] };
      assert.deepEqual((await ended(ids[0] ?? "")).output, { data: {}, hasId: true, recent: true });
    },
  },
  {
    title: "an event with an empty id and the time 0 gets others, and is not taken for another such",
    only: "embedded",
    functions: ({ client }) => [
      client.createFunction({ id: "empty-id", triggers: [{ event: "finer/empty" }] }, async ({ event }) => ({
        id: event.id,
        recent: Math.abs(Date.now() - (event.ts ?? 0)) < 3_600_000,
      })),
    ],
    async verify({ api, eventPath, ended }) {
      const body = JSON.stringify([1, 2].map(() => ({ name: "finer/empty", data: {}, id: "", ts: 0 })));
      const response = await api(eventPath, { method: "POST", body });
      const { ids } = (await response.json()) as { ids: string[] };
      assert.equal(new Set(ids).size, 2);
      for (const id of ids) assert.deepEqual((await ended(id)).output, { id, recent: true });
    },
  },
  {
    title: "a wait's rule may name the arriving event last, or look at it alone",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "wait-order", triggers: [{ event: "finer/order" }] }, async ({ step }) => {
        await step.run("ready", () => ledger.note("ready"));
        const [turned, alone] = await Promise.all([
          step.waitForEvent("turned", {
            event: "finer/answer",
            if: "event.data.key == async.data.key",
            timeout: "30s",
          }),
          step.waitForEvent("alone", { event: "finer/answer", if: "async.data.n > 7", timeout: "30s" }),
        ]);
        return [turned?.data.key === undefined ? null : "turned", (alone?.data.n ?? 0) > 7];
      }),
    ],
    async verify({ send, repeat, ended, ledger, tag }) {
      const [id = ""] = await send({ name: "finer/order", data: { key: tag } });
      await ledger.until("ready");
      const run = await repeat(
        () =>
          send([
            { name: "finer/answer", data: { key: "another", n: 3 } },
            { name: "finer/answer", data: { key: tag, n: 7 } },
            { name: "finer/answer", data: { key: "another", n: 8 } },
          ]),
        () => ended(id),
      );
      assert.deepEqual(run.output, ["turned", true]);
    },
  },
  {
    title: "one event answers two waits of one run",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "both-waits", triggers: [{ event: "finer/both" }] }, async ({ step }) => {
        await step.run("ready", () => ledger.note("ready"));
        const wait = { event: "finer/shared", match: "data.key", timeout: "30s" } as const;
        const [a, b] = await Promise.all([step.waitForEvent("a", wait), step.waitForEvent("b", wait)]);
        return a !== null && b !== null;
      }),
    ],
    async verify({ send, repeat, ended, ledger, tag }) {
      const [id = ""] = await send({ name: "finer/both", data: { key: tag } });
      await ledger.until("ready");
      const run = await repeat(
        () => send({ name: "finer/shared", data: { key: tag } }),
        () => ended(id),
      );
      assert.equal(run.output, true);
    },
  },
  {
    title:
      "a function without optimised parallelism runs each parallel step once, and goes on as each is done",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "one-by-one", optimizeParallelism: false, triggers: [{ event: "finer/one-by-one" }] },
        async ({ step }) => {
          const chain = async (name: string) => {
            await step.run(`${name}-1`, async () => {
              ledger.note(`${name}-1`);
              // Released by the other chain's second step: it must not have to wait for this one.
              if (name === "slow") await ledger.until("fast-2");
            });
            return step.run(`${name}-2`, () => ledger.note(`${name}-2`, name));
          };
          return Promise.all([chain("slow"), chain("fast")]);
        },
      ),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "finer/one-by-one", data: {} });
      assert.deepEqual((await ended(id)).output, ["slow", "fast"]);
      assert.deepEqual(ledger.entries().sort(), ["fast-1", "fast-2", "slow-1", "slow-2"]);
    },
  },
  {
    title: "parallel waits, sleeps and steps go on together, each with its own result",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "mixed", triggers: [{ event: "finer/mixed" }] }, async ({ step }) => {
        const all = await Promise.all([
          step.run("body", () => ledger.note("body", 1)),
          step.sleep("rest", "1s"),
          step.waitForEvent("none", { event: "finer/never", timeout: "2s" }),
        ]);
        return step.run("after", () => ledger.note("after", [all[0], all[1] ?? null, all[2] ?? null]));
      }),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "finer/mixed", data: {} });
      assert.deepEqual((await ended(id)).output, [1, null, null]);
      assert.deepEqual(ledger.entries(), ["body", "after"]);
    },
  },
  {
    title: "an event of step.sendEvent with an id is one event, whoever sends it",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "twin-sender", triggers: [{ event: "finer/twin" }] },
        async ({ step, event }) => {
          await step.sendEvent("tell", { name: "finer/twin-told", id: `told-${event.data.key}`, data: {} });
        },
      ),
      client.createFunction({ id: "twin-told", triggers: [{ event: "finer/twin-told" }] }, async () =>
        ledger.note("told"),
      ),
      client.createFunction({ id: "twin-end", triggers: [{ event: "finer/twin-end" }] }, async () =>
        ledger.note("end"),
      ),
    ],
    async verify({ send, ended, ledger, tag }) {
      const ids = await send([1, 2].map(() => ({ name: "finer/twin", data: { key: tag } })));
      await Promise.all(ids.map((id) => ended(id)));
      await ledger.until("told");
      await send({ name: "finer/twin-end", data: {} });
      await ledger.until("end");
      assert.deepEqual(ledger.entries(), ["told", "end"]);
    },
  },
  {
    title: "the event of an invoked function is its own, and its name is no trigger",
    functions: ({ client, ledger }) => {
      const child = client.createFunction(
        { id: "invoke-target", triggers: [{ event: "finer/target" }] },
        async ({ event }) =>
          ledger.note("child", { name: event.name, has: "_inngest" in event.data, n: event.data.n }),
      );
      const parent = client.createFunction(
        { id: "invoke-source", triggers: [{ event: "finer/source" }] },
        async ({ step, event }) => step.invoke("call", { function: child, data: { n: event.data.n } }),
      );
      return [child, parent];
    },
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "finer/source", data: { n: 3 } });
      const { output } = await ended(id);
      assert.equal((output as { name: string }).name, "inngest/function.invoked");
      assert.equal((output as { n: number }).n, 3);
      assert.equal(ledger.count("child"), 1);
    },
  },
];
