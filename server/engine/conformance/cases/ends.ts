import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { NonRetriableError } from "inngest";
import type { Case } from "../case";

/** Runs that end while something of theirs is still out, and who learns of an end. */
export const endCases: Case[] = [
  {
    title: "the answer of a call that was out when its run was cancelled changes nothing",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "late-answer", triggers: [{ event: "ends/late" }] }, async ({ step }) => {
        await step.run("slow", async () => {
          ledger.note("began");
          await ledger.until("release");
        });
        await step.run("next", () => ledger.note("next"));
        ledger.note("not reached");
        return "never";
      }),
      client.createFunction({ id: "late-control", triggers: [{ event: "ends/control" }] }, async () =>
        ledger.note("control"),
      ),
    ],
    async verify({ send, runsOf, cancel, run, ledger }) {
      const [id = ""] = await send({ name: "ends/late", data: {} });
      await ledger.until("began");
      const [found] = await runsOf(id);
      await cancel(found?.run_id ?? "");
      ledger.note("release");
      // A run that begins after the answer was given: by its end the late answer has been dealt with.
      await send({ name: "ends/control", data: {} });
      await ledger.until("control");
      const after = await run(found?.run_id ?? "");
      assert.equal(after.status, "Cancelled");
      assert.equal(ledger.count("next") + ledger.count("not reached"), 0);
    },
  },
  {
    title: "a run that waits for its turn is cancelled by its event and never begins",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "cancel-queued",
          concurrency: 1,
          cancelOn: [{ event: "ends/stop", match: "data.key" }],
          triggers: [{ event: "ends/queued" }],
        },
        async ({ event }) => {
          ledger.note(`began ${event.data.n}`);
          if (event.data.n === 1) await ledger.until("release");
        },
      ),
    ],
    async verify({ send, ended, runsOf, ledger, tag }) {
      const event = (n: number) => ({ name: "ends/queued", data: { key: `${tag}-${n}`, n } });
      const [first = ""] = await send(event(1));
      await ledger.until("began 1");
      const [second = "", third = ""] = await send([event(2), event(3)]);
      // Inngest calls a run that has not begun scheduled.
      assert.match((await runsOf(second))[0]?.status ?? "", /^(?:Running|Scheduled)$/);
      await send({ name: "ends/stop", data: { key: `${tag}-2` } });
      assert.equal((await ended(second)).status, "Cancelled");
      ledger.note("release");
      assert.equal((await ended(first)).status, "Completed");
      assert.equal((await ended(third)).status, "Completed");
      assert.equal(ledger.count("began 2"), 0);
    },
  },
  {
    title: "a cancelled run gives its place to the next",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "gives-place", concurrency: 1, triggers: [{ event: "ends/place" }] },
        async ({ event }) => {
          ledger.note(`began ${event.data.n}`);
          if (event.data.n === 1) await ledger.until("release");
        },
      ),
    ],
    async verify({ send, runsOf, cancel, ledger }) {
      const [first = ""] = await send({ name: "ends/place", data: { n: 1 } });
      await ledger.until("began 1");
      await send({ name: "ends/place", data: { n: 2 } });
      const [run] = await runsOf(first);
      await cancel(run?.run_id ?? "");
      await ledger.until("began 2");
      ledger.note("release");
    },
  },
  {
    title: "a run with several cancelOn events ends on any of them, and one without a rule on every event",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "cancel-any",
          cancelOn: [{ event: "ends/one", match: "data.key" }, { event: "ends/all" }],
          triggers: [{ event: "ends/any" }],
        },
        async ({ step }) => {
          await step.run("ready", () => ledger.note("ready"));
          await step.sleep("rest", "1h");
        },
      ),
    ],
    async verify({ send, ended, ledger, tag }) {
      const [a = "", b = "", c = ""] = await send(
        ["a", "b", "c"].map((key) => ({ name: "ends/any", data: { key: `${key}-${tag}` } })),
      );
      await ledger.until("ready", 3);
      await send({ name: "ends/one", data: { key: `a-${tag}` } });
      assert.equal((await ended(a)).status, "Cancelled");
      await send({ name: "ends/all", data: {} });
      assert.equal((await ended(b)).status, "Cancelled");
      assert.equal((await ended(c)).status, "Cancelled");
    },
  },
  {
    title: "the cancellation of an invoked function is an error of the caller's step",
    // On Inngest the step gives null.
    only: "embedded",
    functions: ({ client, ledger }) => {
      const child = client.createFunction(
        {
          id: "child-cancelled",
          cancelOn: [{ event: "ends/child-stop", match: "data.key" }],
          triggers: [{ event: "ends/never" }],
        },
        async ({ step }) => {
          await step.run("ready", () => ledger.note("ready"));
          await step.sleep("rest", "1h");
        },
      );
      const parent = client.createFunction(
        { id: "parent-learns", retries: 0, triggers: [{ event: "ends/parent" }] },
        async ({ step, event }) => {
          try {
            await step.invoke("call", { function: child, data: { key: event.data.key } });
            return "not reached";
          } catch {
            return "learned";
          }
        },
      );
      return [child, parent];
    },
    async verify({ send, ended, ledger, tag }) {
      const [id = ""] = await send({ name: "ends/parent", data: { key: tag } });
      await ledger.until("ready");
      await send({ name: "ends/child-stop", data: { key: tag } });
      assert.equal((await ended(id)).output, "learned");
    },
  },
  {
    title: "any function can be triggered by inngest/function.finished, with the result or the error",
    functions: ({ client, ledger, tag }) => [
      client.createFunction(
        { id: "finishes", retries: 0, triggers: [{ event: "ends/finish" }] },
        async ({ event }) => {
          if (event.data.fail) throw new Error("no luck");
          return { n: event.data.n };
        },
      ),
      client.createFunction(
        {
          id: "hears-end",
          triggers: [
            { event: "inngest/function.finished", if: "event.data.function_id == 'conformance-finishes'" },
          ],
        },
        async ({ event }) => {
          if (event.data.event.data.tag !== tag) return;
          ledger.note(
            event.data.error ? `error ${event.data.error.message}` : `result ${event.data.result.n}`,
          );
        },
      ),
    ],
    async verify({ send, ledger, tag }) {
      await send([
        { name: "ends/finish", data: { tag, n: 6 } },
        { name: "ends/finish", data: { tag, fail: true } },
      ]);
      await Promise.all([ledger.until("result 6"), ledger.until("error no luck")]);
      assert.equal(ledger.entries().length, 2);
    },
  },
  {
    title: "a finish time-out does not end a run that is through in time",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "in-time", timeouts: { start: "30s", finish: "30s" }, triggers: [{ event: "ends/in-time" }] },
        async ({ step }) => {
          await step.run("a", () => ledger.note("a"));
          await step.sleep("rest", "1s");
          return "in time";
        },
      ),
    ],
    async verify({ send, ended }) {
      const [id = ""] = await send({ name: "ends/in-time", data: {} });
      assert.equal((await ended(id)).output, "in time");
    },
  },
  {
    title: "a caller that was cancelled is not called again when the function that it invoked ends",
    functions: ({ client, ledger }) => {
      const child = client.createFunction(
        { id: "outlives", triggers: [{ event: "ends/outlives" }] },
        async () => {
          ledger.note("child");
          await ledger.until("release");
        },
      );
      const parent = client.createFunction(
        { id: "gone-caller", triggers: [{ event: "ends/gone-caller" }] },
        async ({ step }) => {
          ledger.note("called");
          await step.invoke("it", { function: child, data: {} });
        },
      );
      return [child, parent];
    },
    async verify({ send, runsOf, cancel, endedRun, ledger }) {
      const [id = ""] = await send({ name: "ends/gone-caller", data: {} });
      await ledger.until("child");
      const [run] = await runsOf(id);
      await cancel(run?.run_id ?? "");
      assert.equal((await endedRun(run?.run_id ?? "")).status, "Cancelled");
      const calls = ledger.count("called");
      ledger.note("release");
      await pause(4000);
      assert.equal(ledger.count("called"), calls);
    },
  },
  {
    title: "the end of a run that ends another is told, and so is the other's",
    only: "embedded",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "falls-first", retries: 0, triggers: [{ event: "ends/falls-first" }] },
        async () => {
          throw new NonRetriableError("no");
        },
      ),
      client.createFunction(
        {
          id: "falls-with",
          cancelOn: [
            {
              event: "inngest/function.failed",
              if: "async.data.function_id == 'conformance-falls-first' && async.data.event.data.key == event.data.key",
            },
          ],
          triggers: [{ event: "ends/falls-with" }],
        },
        async ({ step }) => {
          await step.run("ready", () => ledger.note("ready"));
          await step.sleep("rest", "1h");
        },
      ),
      client.createFunction(
        {
          id: "hears-fall",
          triggers: [
            {
              event: "inngest/function.cancelled",
              if: "event.data.function_id == 'conformance-falls-with'",
            },
          ],
        },
        async ({ event }) => {
          const { run_id, error } = event.data as unknown as { run_id: string; error: { name: string } };
          ledger.note(`${run_id} ${error.name}`);
        },
      ),
    ],
    async verify({ send, runsOf, ledger, tag }) {
      const [id = ""] = await send({ name: "ends/falls-with", data: { key: tag } });
      await ledger.until("ready");
      const [run] = await runsOf(id);
      await send({ name: "ends/falls-first", data: { key: tag } });
      await ledger.until(`${run?.run_id} Cancelled`);
    },
  },
];
