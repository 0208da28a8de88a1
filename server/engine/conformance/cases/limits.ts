import assert from "node:assert/strict";
import type { Case } from "../case";

/** The limits that every engine of Inngest has. */
export const limitCases: Case[] = [
  {
    title: "a step that returns more than 4 MiB fails the run",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "big-step", retries: 0, triggers: [{ event: "limits/step" }] },
        async ({ step }) => {
          await step.run("big", () => "x".repeat(4_300_000));
          await step.run("next", () => ledger.note("not reached"));
        },
      ),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "limits/step", data: {} });
      assert.equal((await ended(id)).status, "Failed");
      assert.equal(ledger.count("not reached"), 0);
    },
  },
  {
    title: "a function that returns more than 4 MiB fails its run",
    // Inngest holds steps alone to it.
    only: "embedded",
    functions: ({ client }) => [
      client.createFunction(
        { id: "big-result", retries: 0, triggers: [{ event: "limits/result" }] },
        async () => "x".repeat(4_300_000),
      ),
    ],
    async verify({ send, ended }) {
      const [id = ""] = await send({ name: "limits/result", data: {} });
      assert.equal((await ended(id)).status, "Failed");
    },
  },
  {
    title: "more than 1,000 parallel steps fail the run, and none of them runs",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "too-wide", retries: 0, triggers: [{ event: "limits/wide" }] },
        async ({ step }) =>
          Promise.all(Array.from({ length: 1001 }, (_, n) => step.run(`w-${n}`, () => ledger.note("body")))),
      ),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "limits/wide", data: {} });
      assert.equal((await ended(id)).status, "Failed");
      assert.equal(ledger.count("body"), 0);
    },
  },
  {
    title: "results of more than 32 MiB together fail the run",
    slow: true,
    functions: ({ client }) => [
      client.createFunction(
        { id: "too-much", retries: 0, triggers: [{ event: "limits/state" }] },
        async ({ step }) => {
          for (let n = 0; n < 9; n++) await step.run(`part-${n}`, () => "x".repeat(3_900_000));
          return "not reached";
        },
      ),
    ],
    async verify({ send, ended }) {
      const [id = ""] = await send({ name: "limits/state", data: {} });
      assert.equal((await ended(id)).status, "Failed");
    },
  },
  {
    title: "a sleep of more than a year fails the run with a sentence",
    only: "embedded",
    functions: ({ client }) => [
      client.createFunction({ id: "long-sleep", triggers: [{ event: "limits/sleep" }] }, async ({ step }) => {
        await step.sleep("ages", "400d");
      }),
    ],
    async verify({ send, ended }) {
      const [id = ""] = await send({ name: "limits/sleep", data: {} });
      assert.match(JSON.stringify((await ended(id)).output), /no valid sleep time/);
    },
  },
  {
    title: "a wait of more than a year fails the run with a sentence",
    only: "embedded",
    functions: ({ client }) => [
      client.createFunction({ id: "long-wait", triggers: [{ event: "limits/wait" }] }, async ({ step }) => {
        await step.waitForEvent("ages", { event: "limits/never", timeout: "400d" });
      }),
    ],
    async verify({ send, ended }) {
      const [id = ""] = await send({ name: "limits/wait", data: {} });
      assert.match(JSON.stringify((await ended(id)).output), /no valid time-out/);
    },
  },
  {
    title: "a wait with a rule that this engine does not evaluate fails the run with a sentence",
    only: "embedded",
    functions: ({ client }) => [
      client.createFunction({ id: "odd-wait", triggers: [{ event: "limits/odd" }] }, async ({ step }) => {
        await step.waitForEvent("odd", { event: "limits/x", if: "size(async.data.x) > 1", timeout: "1h" });
      }),
    ],
    async verify({ send, ended }) {
      const [id = ""] = await send({ name: "limits/odd", data: {} });
      assert.match(JSON.stringify((await ended(id)).output), /function \\"size\\"|function "size"/);
    },
  },
  {
    title: "events that are too large for a request are read over the API",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "large-batch",
          batchEvents: { maxSize: 3, timeout: "30s", key: "event.data.key" },
          triggers: [{ event: "limits/batch" }],
        },
        async ({ events, step }) => {
          const lengths = events.map((event: { data: { text: string } }) => event.data.text.length);
          return step.run("count", () => ledger.note("count", lengths));
        },
      ),
    ],
    async verify({ send, ended, tag }) {
      const text = "x".repeat(1_600_000);
      const ids: string[] = [];
      for (let n = 0; n < 3; n++)
        ids.push(...(await send({ name: "limits/batch", data: { key: tag, text } })));
      assert.deepEqual((await ended(ids[0] ?? "")).output, [1_600_000, 1_600_000, 1_600_000]);
    },
  },
  {
    title: "a request of more than 5,000 events is refused, and so is an event of more than 3 MiB",
    only: "embedded",
    async verify({ api, eventPath }) {
      const post = async (body: unknown): Promise<number> => {
        const headers = { "content-type": "application/json" };
        return (await api(eventPath, { method: "POST", headers, body: JSON.stringify(body) })).status;
      };
      assert.equal(await post(Array.from({ length: 5001 }, () => ({ name: "limits/many" }))), 400);
      assert.equal(await post({ name: "limits/large", data: { text: "x".repeat(3_200_000) } }), 400);
    },
  },
  {
    title: "names beginning with inngest/ are reserved",
    only: "embedded",
    async verify({ api, eventPath }) {
      const body = JSON.stringify({ name: "inngest/function.failed", data: {} });
      assert.equal((await api(eventPath, { method: "POST", body })).status, 400);
    },
  },
];
