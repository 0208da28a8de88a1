import assert from "node:assert/strict";
import { RetryAfterError } from "inngest";
import type { Case } from "../case";

/** Steps side by side. */
export const parallelCases: Case[] = [
  {
    title: "parallel steps each run once and give their results in the order of the code",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "parallel", triggers: [{ event: "parallel/all" }] }, async ({ step }) => {
        const all = await Promise.all(
          [1, 2, 3, 4, 5].map((n) => step.run(`square-${n}`, () => ledger.note(`square-${n}`, n * n))),
        );
        return step.run("sum", () => ledger.note("sum", all));
      }),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "parallel/all", data: {} });
      assert.deepEqual((await ended(id)).output, [1, 4, 9, 16, 25]);
      assert.equal(ledger.entries().length, 6);
      assert.equal(ledger.entries().at(-1), "sum");
    },
  },
  {
    title: "parallel steps overlap in time",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "overlap", triggers: [{ event: "parallel/overlap" }] },
        async ({ step }) => {
          const together = (id: string) =>
            step.run(id, async () => {
              ledger.note("began");
              await ledger.until("began", 2);
              return id;
            });
          return Promise.all([together("a"), together("b"), together("c")]);
        },
      ),
    ],
    async verify({ send, ended }) {
      const [id = ""] = await send({ name: "parallel/overlap", data: {} });
      assert.deepEqual((await ended(id)).output, ["a", "b", "c"]);
    },
  },
  {
    title: "parallel chains each go through their own steps once",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "chains", triggers: [{ event: "parallel/chains" }] }, async ({ step }) => {
        const chain = async (name: string) => {
          const first = await step.run(`${name}-1`, () => ledger.note(`${name}-1`, 1));
          return step.run(`${name}-2`, () => ledger.note(`${name}-2`, first + 1));
        };
        return Promise.all([chain("x"), chain("y")]);
      }),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "parallel/chains", data: {} });
      assert.deepEqual((await ended(id)).output, [2, 2]);
      assert.deepEqual(ledger.entries().sort(), ["x-1", "x-2", "y-1", "y-2"]);
    },
  },
  {
    title: "a sleep beside a step: the function goes on when both are done",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "sleep-beside", triggers: [{ event: "parallel/sleep" }] },
        async ({ step }) => {
          const began = await step.run("began", () => Date.now());
          const [value] = await Promise.all([
            step.run("quick", () => ledger.note("quick", 1)),
            step.sleep("rest", "2s"),
          ]);
          return step.run("end", () => ledger.note("end", { value, took: Date.now() - began }));
        },
      ),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "parallel/sleep", data: {} });
      const { output } = (await ended(id)) as { output: { value: number; took: number } };
      assert.equal(output.value, 1);
      assert.ok(output.took >= 1900, `took ${output.took} ms`);
      assert.deepEqual(ledger.entries(), ["quick", "end"]);
    },
  },
  {
    title: "of parallel steps only the one that failed is tried again",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "one-retries", triggers: [{ event: "parallel/retry" }] },
        async ({ step }) =>
          Promise.all([
            step.run("good", () => ledger.note("good", "good")),
            step.run("bad", () => {
              ledger.note("bad");
              if (ledger.count("bad") < 2) throw new RetryAfterError("not yet", "1s");
              return "better";
            }),
          ]),
      ),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "parallel/retry", data: {} });
      assert.deepEqual((await ended(id)).output, ["good", "better"]);
      assert.equal(ledger.count("good"), 1);
      assert.equal(ledger.count("bad"), 2);
    },
  },
  {
    title: "the error of one parallel step is caught while the others keep their results",
    functions: ({ client }) => [
      client.createFunction(
        { id: "settled", retries: 0, triggers: [{ event: "parallel/settled" }] },
        async ({ step }) => {
          const all = await Promise.allSettled([
            step.run("fine", () => 1),
            step.run("broken", () => {
              throw new Error("broken step");
            }),
            step.run("fine too", () => 3),
          ]);
          return all.map((item) => (item.status === "fulfilled" ? item.value : item.reason.message));
        },
      ),
    ],
    async verify({ send, ended }) {
      const [id = ""] = await send({ name: "parallel/settled", data: {} });
      assert.deepEqual((await ended(id)).output, [1, "broken step", 3]);
    },
  },
  {
    title: "a race goes on with its fastest step while the others are still running",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "race", triggers: [{ event: "parallel/race" }] },
        async ({ step, group }) => {
          const won = await group.parallel({ mode: "race" }, () =>
            Promise.race([
              step.run("slow", async () => {
                await ledger.until("after");
                return "slow";
              }),
              step.run("fast", () => "fast"),
            ]),
          );
          return step.run("after", () => ledger.note("after", won));
        },
      ),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "parallel/race", data: {} });
      assert.equal((await ended(id)).output, "fast");
      assert.equal(ledger.count("after"), 1);
    },
  },
  {
    title: "two waits side by side take their own events",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "two-waits", triggers: [{ event: "parallel/waits" }] },
        async ({ step }) => {
          await step.run("ready", () => ledger.note("ready"));
          const [a, b] = await Promise.all([
            step.waitForEvent("a", { event: "parallel/a", match: "data.key", timeout: "30s" }),
            step.waitForEvent("b", { event: "parallel/b", match: "data.key", timeout: "30s" }),
          ]);
          return [a?.data.v ?? null, b?.data.v ?? null];
        },
      ),
    ],
    async verify({ send, repeat, ended, ledger, tag }) {
      const [id = ""] = await send({ name: "parallel/waits", data: { key: tag } });
      await ledger.until("ready");
      // One after the other: what the first resolves must leave the second's wait alone.
      const run = await repeat(
        async () => {
          await send({ name: "parallel/b", data: { key: tag, v: 2 } });
          await send({ name: "parallel/a", data: { key: tag, v: 1 } });
        },
        () => ended(id),
      );
      assert.deepEqual(run.output, [1, 2]);
    },
  },
  {
    title: "20 parallel steps each run once",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "wide", triggers: [{ event: "parallel/wide" }] }, async ({ step }) => {
        const list = Array.from({ length: 20 }, (_, n) => step.run(`w-${n}`, () => ledger.note("w", n)));
        return (await Promise.all(list)).reduce((sum, n) => sum + n, 0);
      }),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "parallel/wide", data: {} });
      assert.equal((await ended(id)).output, 190);
      assert.equal(ledger.count("w"), 20);
    },
  },
];
