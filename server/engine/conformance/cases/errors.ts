import assert from "node:assert/strict";
import { type FailureEventArgs, NonRetriableError, RetryAfterError, StepError } from "inngest";
import type { Case } from "../case";

/** What goes wrong: retries, their end, and who learns of it. */
export const errorCases: Case[] = [
  {
    title: "a step that throws RetryAfterError is tried again, and only that step",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "retry-after", triggers: [{ event: "errors/after" }] },
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
      const [id = ""] = await send({ name: "errors/after", data: {} });
      assert.equal((await ended(id)).output, "third time");
      assert.equal(ledger.count("first"), 1);
      assert.equal(ledger.count("second"), 3);
    },
  },
  {
    title: "RetryAfterError with an instant waits for it",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "retry-at", triggers: [{ event: "errors/at" }] }, async ({ event }) => {
        ledger.note("body");
        if (ledger.count("body") < 2) throw new RetryAfterError("not yet", new Date(event.data.at));
        return Date.now() - event.data.at;
      }),
    ],
    async verify({ send, ended }) {
      const [id = ""] = await send({ name: "errors/at", data: { at: Date.now() + 3000 } });
      const { output } = await ended(id);
      assert.ok(Number(output) > -1000, `came ${output} ms after the instant`);
    },
  },
  {
    title: "a function that throws between steps is tried again without repeating the steps",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "between", triggers: [{ event: "errors/between" }] },
        async ({ step, attempt }) => {
          const value = await step.run("kept", () => ledger.note("kept", 7));
          ledger.note(`attempt ${attempt}`);
          if (ledger.count("thrown") < 1) {
            ledger.note("thrown");
            throw new RetryAfterError("between", "1s");
          }
          return value;
        },
      ),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "errors/between", data: {} });
      assert.equal((await ended(id)).output, 7);
      assert.equal(ledger.count("kept"), 1);
      assert.ok(ledger.count("attempt 1") >= 1, "the second attempt is number 1");
    },
  },
  {
    title: "an ordinary error is tried again after a back-off",
    slow: true,
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "backoff", triggers: [{ event: "errors/backoff" }] }, async ({ step }) =>
        step.run("shaky", () => {
          ledger.note("shaky");
          if (ledger.count("shaky") < 2) throw new Error("first time");
          return "second time";
        }),
      ),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "errors/backoff", data: {} });
      assert.equal((await ended(id)).output, "second time");
      assert.equal(ledger.count("shaky"), 2);
    },
  },
  {
    title: "retries: 2 makes three attempts, numbered from 0, and then fails",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "three", retries: 2, triggers: [{ event: "errors/three" }] },
        async ({ attempt, maxAttempts }) => {
          ledger.note(`attempt ${attempt} of ${maxAttempts}`);
          throw new RetryAfterError("never", "1s");
        },
      ),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "errors/three", data: {} });
      assert.equal((await ended(id)).status, "Failed");
      assert.deepEqual(ledger.entries(), ["attempt 0 of 3", "attempt 1 of 3", "attempt 2 of 3"]);
    },
  },
  {
    title: "retries: 0 makes one attempt",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "once", retries: 0, triggers: [{ event: "errors/once" }] }, async () => {
        ledger.note("body");
        throw new Error("only once");
      }),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "errors/once", data: {} });
      const run = await ended(id);
      assert.equal(run.status, "Failed");
      assert.match(JSON.stringify(run.output), /only once/);
      assert.equal(ledger.count("body"), 1);
    },
  },
  {
    title: "each step has its own attempts",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "own", retries: 1, triggers: [{ event: "errors/own" }] },
        async ({ step }) => {
          for (const name of ["a", "b", "c"]) {
            await step.run(name, () => {
              ledger.note(name);
              if (ledger.count(name) < 2) throw new RetryAfterError("once more", "1s");
            });
          }
          return "through";
        },
      ),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "errors/own", data: {} });
      assert.equal((await ended(id)).output, "through");
      assert.deepEqual(ledger.entries(), ["a", "a", "b", "b", "c", "c"]);
    },
  },
  {
    title: "the error of a step whose attempts are used up can be caught, and the run goes on",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "caught", retries: 0, triggers: [{ event: "errors/caught" }] },
        async ({ step }) => {
          try {
            await step.run("breaks", () => {
              ledger.note("breaks");
              throw new TypeError("snapped");
            });
          } catch (error) {
            const seen =
              error instanceof StepError ? `${error.message} in ${error.stepId}` : "something else";
            return step.run("mend", () => ledger.note("mend", seen));
          }
          return "not reached";
        },
      ),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "errors/caught", data: {} });
      assert.equal((await ended(id)).output, "snapped in breaks");
      assert.deepEqual(ledger.entries(), ["breaks", "mend"]);
    },
  },
  {
    title: "the error of a step that nobody catches fails the run",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "uncaught", retries: 1, triggers: [{ event: "errors/uncaught" }] },
        async ({ step }) => {
          await step.run("breaks", () => {
            ledger.note("breaks");
            throw new NonRetriableError("for good");
          });
          ledger.note("not reached");
        },
      ),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "errors/uncaught", data: {} });
      const run = await ended(id);
      assert.equal(run.status, "Failed");
      assert.match(JSON.stringify(run.output), /for good/);
      assert.deepEqual(ledger.entries(), ["breaks"]);
    },
  },
  {
    title: "NonRetriableError fails the run at once and onFailure sees the error and the event",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "non-retriable",
          triggers: [{ event: "errors/no-use" }],
          onFailure: ({ error, event }: FailureEventArgs) =>
            ledger.note(`failed: ${error.message} ${event.data.event.data.n} ${event.data.function_id}`),
        },
        async () => {
          ledger.note("body");
          throw new NonRetriableError("no use");
        },
      ),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "errors/no-use", data: { n: 7 } });
      assert.equal((await ended(id)).status, "Failed");
      await ledger.until("failed: no use 7 conformance-non-retriable");
      assert.equal(ledger.count("body"), 1);
    },
  },
  {
    title: "onFailure may use steps",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "failure-steps",
          retries: 0,
          triggers: [{ event: "errors/steps" }],
          onFailure: async ({
            step,
            event,
          }: FailureEventArgs & { step: { run: <T>(id: string, fn: () => T) => Promise<T> } }) => {
            const run = await step.run("one", () => ledger.note("one", event.data.run_id));
            await step.run("two", () => ledger.note(`two ${typeof run}`));
          },
        },
        async () => {
          throw new Error("down");
        },
      ),
    ],
    async verify({ send, ledger }) {
      await send({ name: "errors/steps", data: {} });
      await ledger.until("two string");
      assert.deepEqual(ledger.entries(), ["one", "two string"]);
    },
  },
  {
    title: "any function can be triggered by inngest/function.failed",
    functions: ({ client, ledger, tag }) => [
      client.createFunction({ id: "fails", retries: 0, triggers: [{ event: "errors/heard" }] }, async () => {
        throw new Error("heard");
      }),
      client.createFunction(
        {
          id: "hears",
          triggers: [
            { event: "inngest/function.failed", if: "event.data.function_id == 'conformance-fails'" },
          ],
        },
        async ({ event }) =>
          ledger.note(`heard ${event.data.event.data.tag === tag} ${event.data.error.message}`),
      ),
    ],
    async verify({ send, ledger, tag }) {
      await send({ name: "errors/heard", data: { tag } });
      await ledger.until("heard true heard");
    },
  },
  {
    title: "something thrown that is no Error fails like one",
    functions: ({ client }) => [
      client.createFunction(
        { id: "string", retries: 0, triggers: [{ event: "errors/string" }] },
        async () => {
          throw "just text";
        },
      ),
    ],
    async verify({ send, ended }) {
      const [id = ""] = await send({ name: "errors/string", data: {} });
      const run = await ended(id);
      assert.equal(run.status, "Failed");
      assert.match(JSON.stringify(run.output), /just text/);
    },
  },
];
