import assert from "node:assert/strict";
import type { Case } from "../case";

/** How runs end before their function returns. */
export const cancelCases: Case[] = [
  {
    title: "cancelOn ends a run when the matching event arrives, and its later steps never run",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "cancel-on",
          triggers: [{ event: "cancels/start" }],
          cancelOn: [{ event: "cancels/stop", match: "data.key" }],
        },
        async ({ step, event }) => {
          await step.run("first", () => ledger.note(`first ${event.data.n}`));
          await step.sleep("rest", event.data.n === 1 ? "1h" : "4s");
          await step.run("second", () => ledger.note(`second ${event.data.n}`));
        },
      ),
    ],
    async verify({ send, ended, ledger, tag }) {
      const [stopped = "", kept = ""] = await send([
        { name: "cancels/start", data: { key: `${tag}-a`, n: 1 } },
        { name: "cancels/start", data: { key: `${tag}-b`, n: 2 } },
      ]);
      await Promise.all([ledger.until("first 1"), ledger.until("first 2")]);
      await send({ name: "cancels/stop", data: { key: `${tag}-a` } });
      assert.equal((await ended(stopped)).status, "Cancelled");
      assert.equal((await ended(kept)).status, "Completed");
      assert.equal(ledger.count("second 1"), 0);
      assert.equal(ledger.count("second 2"), 1);
    },
  },
  {
    title: "cancelOn with if sees both events",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "cancel-if",
          triggers: [{ event: "cancels/if" }],
          cancelOn: [
            {
              event: "cancels/less",
              if: "async.data.key == event.data.key && async.data.level < event.data.level",
            },
          ],
        },
        async ({ step, event }) => {
          await step.run("ready", () => ledger.note("ready"));
          await step.sleep("rest", event.data.level === 9 ? "1h" : "4s");
        },
      ),
    ],
    async verify({ send, ended, ledger, tag }) {
      const [low = "", high = ""] = await send([
        { name: "cancels/if", data: { key: tag, level: 3 } },
        { name: "cancels/if", data: { key: tag, level: 9 } },
      ]);
      await ledger.until("ready", 2);
      await send({ name: "cancels/less", data: { key: tag, level: 5 } });
      assert.equal((await ended(high)).status, "Cancelled");
      assert.equal((await ended(low)).status, "Completed");
    },
  },
  {
    title: "cancelOn no longer counts after its time-out",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "cancel-timeout",
          triggers: [{ event: "cancels/timed" }],
          cancelOn: [{ event: "cancels/too-late", match: "data.key", timeout: "1s" }],
        },
        async ({ step }) => {
          await step.sleep("first rest", "3s");
          await step.run("ready", () => ledger.note("ready"));
          await step.sleep("second rest", "3s");
          return "through";
        },
      ),
    ],
    async verify({ send, ended, ledger, tag }) {
      const [id = ""] = await send({ name: "cancels/timed", data: { key: tag } });
      await ledger.until("ready");
      await send({ name: "cancels/too-late", data: { key: tag } });
      assert.equal((await ended(id)).output, "through");
    },
  },
  {
    title: "a run is cancelled over the API while it sleeps",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "cancel-api", triggers: [{ event: "cancels/api" }] }, async ({ step }) => {
        await step.run("ready", () => ledger.note("ready"));
        await step.sleep("rest", "1h");
        ledger.note("not reached");
      }),
    ],
    async verify({ send, runsOf, cancel, endedRun, ledger }) {
      const [id = ""] = await send({ name: "cancels/api", data: {} });
      await ledger.until("ready");
      const [run] = await runsOf(id);
      assert.equal(run?.status, "Running");
      assert.ok((await cancel(run?.run_id ?? "")) < 300);
      const ended = await endedRun(run?.run_id ?? "");
      assert.equal(ended.status, "Cancelled");
      assert.ok(ended.ended_at);
      assert.deepEqual(ledger.entries(), ["ready"]);
    },
  },
  {
    title: "cancelling a run that has ended changes nothing",
    functions: ({ client }) => [
      client.createFunction({ id: "cancel-late", triggers: [{ event: "cancels/late" }] }, async () => "done"),
    ],
    async verify({ send, ended, cancel, run }) {
      const [id = ""] = await send({ name: "cancels/late", data: {} });
      const { run_id } = await ended(id);
      await cancel(run_id);
      const after = await run(run_id);
      assert.equal(after.status, "Completed");
      assert.equal(after.output, "done");
    },
  },
  {
    title: "a cancelled run is told by inngest/function.cancelled",
    functions: ({ client, ledger, tag }) => [
      client.createFunction(
        {
          id: "cancel-told",
          triggers: [{ event: "cancels/told" }],
          cancelOn: [{ event: "cancels/tell", match: "data.key" }],
        },
        async ({ step }) => {
          await step.run("ready", () => ledger.note("ready"));
          await step.sleep("rest", "1h");
        },
      ),
      client.createFunction(
        {
          id: "cancel-hears",
          triggers: [
            {
              event: "inngest/function.cancelled",
              if: "event.data.function_id == 'conformance-cancel-told'",
            },
          ],
        },
        async ({ event }) => ledger.note(`told ${event.data.event.data.key === tag}`),
      ),
    ],
    async verify({ send, ledger, tag }) {
      await send({ name: "cancels/told", data: { key: tag } });
      await ledger.until("ready");
      await send({ name: "cancels/tell", data: { key: tag } });
      await ledger.until("told true");
    },
  },
  {
    title: "a run that does not finish within its finish time-out is cancelled",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "finish", timeouts: { finish: "2s" }, triggers: [{ event: "cancels/finish" }] },
        async ({ step }) => {
          await step.sleep("rest", "1h");
          ledger.note("not reached");
        },
      ),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "cancels/finish", data: {} });
      assert.equal((await ended(id)).status, "Cancelled");
      assert.deepEqual(ledger.entries(), []);
    },
  },
  {
    title: "a run that does not start within its start time-out is cancelled",
    functions: ({ client, ledger }) => {
      const concurrency = { limit: 1, scope: "env", key: "event.data.key" } as const;
      return [
        client.createFunction(
          { id: "blocks", concurrency, triggers: [{ event: "cancels/block" }] },
          async () => {
            ledger.note("blocked");
            await ledger.until("release");
          },
        ),
        client.createFunction(
          { id: "start", concurrency, timeouts: { start: "2s" }, triggers: [{ event: "cancels/queue" }] },
          async () => ledger.note("started"),
        ),
      ];
    },
    async verify({ send, ended, ledger, tag }) {
      const data = { key: `start-${tag}` };
      const [first = ""] = await send({ name: "cancels/block", data });
      await ledger.until("blocked");
      const [second = ""] = await send({ name: "cancels/queue", data });
      assert.equal((await ended(second)).status, "Cancelled");
      ledger.note("release");
      assert.equal((await ended(first)).status, "Completed");
      assert.equal(ledger.count("started"), 0);
    },
  },
];
