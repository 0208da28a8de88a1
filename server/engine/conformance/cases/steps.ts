import assert from "node:assert/strict";
import { type FailureEventArgs, NonRetriableError, RetryAfterError } from "inngest";
import type { Case } from "../case";

/** Steps: run, sleep, parallel, memoisation, sendEvent, invoke. */
export const stepCases: Case[] = [
  {
    title: "a function without steps runs once and its return value is the run's output",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "plain", triggers: [{ event: "steps/plain" }] }, async ({ event }) => {
        ledger.note("body");
        return { twice: event.data.n * 2 };
      }),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "steps/plain", data: { n: 21 } });
      const run = await ended(id);
      assert.equal(run.status, "Completed");
      assert.deepEqual(run.output, { twice: 42 });
      assert.equal(ledger.count("body"), 1);
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
      const run = await ended(id);
      assert.ok(Number(run.output) >= 1900, `slept ${run.output} ms`);
      assert.deepEqual(ledger.entries(), ["before", "after"]);
    },
  },
  {
    title: "parallel steps each run once and give their results in the order of the code",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "parallel", triggers: [{ event: "steps/parallel" }] }, async ({ step }) => {
        const all = await Promise.all(
          [1, 2, 3, 4, 5].map((n) => step.run(`square-${n}`, () => ledger.note(`square-${n}`, n * n))),
        );
        return step.run("sum", () => ledger.note("sum", all));
      }),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "steps/parallel", data: {} });
      assert.deepEqual((await ended(id)).output, [1, 4, 9, 16, 25]);
      assert.equal(ledger.entries().length, 6);
      assert.equal(ledger.entries().at(-1), "sum");
    },
  },
  {
    title: "a step that throws RetryAfterError is tried again, and only that step",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "retry-after", triggers: [{ event: "steps/retry-after" }] },
        async ({ step }) => {
          await step.run("first", () => ledger.note("first"));
          return step.run("second", () => {
            ledger.note("second");
            if (ledger.count("second") < 3) throw new RetryAfterError("not yet", "1s");
            return "third time";
          });
        },
      ),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "steps/retry-after", data: {} });
      const run = await ended(id);
      assert.equal(run.output, "third time");
      assert.equal(ledger.count("first"), 1);
      assert.equal(ledger.count("second"), 3);
    },
  },
  {
    title: "NonRetriableError fails the run at once and onFailure sees the error",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "non-retriable",
          triggers: [{ event: "steps/non-retriable" }],
          onFailure: ({ error, event }: FailureEventArgs) =>
            ledger.note(`failed: ${error.message} ${event.data.event.data.n}`),
        },
        async () => {
          ledger.note("body");
          throw new NonRetriableError("no use");
        },
      ),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "steps/non-retriable", data: { n: 7 } });
      const run = await ended(id);
      assert.equal(run.status, "Failed");
      await ledger.until("failed: no use 7");
      assert.equal(ledger.count("body"), 1);
    },
  },
  {
    title: "invoke gives the invoked function's result",
    functions: ({ client, ledger }) => {
      const child = client.createFunction(
        { id: "invoked", triggers: [{ event: "steps/never" }] },
        async ({ event }) => {
          ledger.note("child");
          return { doubled: event.data.n * 2 };
        },
      );
      const parent = client.createFunction(
        { id: "invoker", triggers: [{ event: "steps/invoke" }] },
        async ({ step }) => {
          const result = await step.invoke("call", { function: child, data: { n: 4 } });
          return step.run("use", () => result.doubled + 1);
        },
      );
      return [child, parent];
    },
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "steps/invoke", data: {} });
      assert.equal((await ended(id)).output, 9);
      assert.equal(ledger.count("child"), 1);
    },
  },
  {
    title: "waitForEvent takes the event that matches and no other",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "wait-match", triggers: [{ event: "steps/wait" }] },
        async ({ step, event }) => {
          await step.run("ready", () => ledger.note("ready"));
          const got = await step.waitForEvent("answer", {
            event: "steps/answer",
            match: "data.key",
            timeout: "30s",
          });
          return { own: event.data.key, got: got?.data.value ?? null };
        },
      ),
    ],
    async verify({ send, ended, ledger, tag }) {
      const [id = ""] = await send({ name: "steps/wait", data: { key: `${tag}-a` } });
      await ledger.until("ready");
      const value = "right";
      let done = false;
      const answer = async (): Promise<void> => {
        while (!done) {
          await send({ name: "steps/answer", data: { key: `${tag}-b`, value: "wrong" } });
          await send({ name: "steps/answer", data: { key: `${tag}-a`, value } });
        }
      };
      const sending = answer();
      const run = await ended(id);
      done = true;
      await sending;
      assert.deepEqual(run.output, { own: `${tag}-a`, got: "right" });
    },
  },
];
