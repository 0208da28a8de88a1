import assert from "node:assert/strict";
import { referenceFunction } from "inngest";
import type { Case } from "../case";

/** One function calling another. */
export const invokeCases: Case[] = [
  {
    title: "invoke gives the invoked function's result, and its body runs once",
    functions: ({ client, ledger }) => {
      const child = client.createFunction(
        { id: "invoked", triggers: [{ event: "invokes/never" }] },
        async ({ event }) => ledger.note("child", { doubled: event.data.n * 2 }),
      );
      const parent = client.createFunction(
        { id: "invoker", triggers: [{ event: "invokes/plain" }] },
        async ({ step }) => {
          const result = await step.invoke("call", { function: child, data: { n: 4 } });
          return step.run("use", () => result.doubled + 1);
        },
      );
      return [child, parent];
    },
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "invokes/plain", data: {} });
      assert.equal((await ended(id)).output, 9);
      assert.equal(ledger.count("child"), 1);
    },
  },
  {
    title: "the invoked function sees inngest/function.invoked with the given data, and may use steps",
    functions: ({ client, ledger }) => {
      const child = client.createFunction(
        { id: "child-steps", triggers: [{ event: "invokes/never" }] },
        async ({ event, step }) => {
          const n = await step.run("read", () => ledger.note("read", event.data.n));
          await step.sleep("rest", "1s");
          return { name: event.name, n };
        },
      );
      const parent = client.createFunction(
        { id: "parent-steps", triggers: [{ event: "invokes/steps" }] },
        async ({ step }) => step.invoke("call", { function: child, data: { n: 11 } }),
      );
      return [child, parent];
    },
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "invokes/steps", data: {} });
      assert.deepEqual((await ended(id)).output, { name: "inngest/function.invoked", n: 11 });
      assert.equal(ledger.count("read"), 1);
    },
  },
  {
    title: "the failure of an invoked function can be caught",
    functions: ({ client }) => {
      const child = client.createFunction(
        { id: "child-fails", retries: 0, triggers: [{ event: "invokes/never" }] },
        async () => {
          throw new Error("child broke");
        },
      );
      const parent = client.createFunction(
        { id: "parent-catches", retries: 0, triggers: [{ event: "invokes/fails" }] },
        async ({ step }) => {
          try {
            await step.invoke("call", { function: child, data: {} });
            return "not reached";
          } catch (error) {
            return error instanceof Error ? error.message : "no error";
          }
        },
      );
      return [child, parent];
    },
    async verify({ send, ended }) {
      const [id = ""] = await send({ name: "invokes/fails", data: {} });
      assert.match(String((await ended(id)).output), /child broke/);
    },
  },
  {
    title: "the failure of an invoked function that nobody catches fails the caller",
    functions: ({ client }) => {
      const child = client.createFunction(
        { id: "child-down", retries: 0, triggers: [{ event: "invokes/never" }] },
        async () => {
          throw new Error("down");
        },
      );
      const parent = client.createFunction(
        { id: "parent-down", retries: 0, triggers: [{ event: "invokes/down" }] },
        async ({ step }) => step.invoke("call", { function: child, data: {} }),
      );
      return [child, parent];
    },
    async verify({ send, ended }) {
      const [id = ""] = await send({ name: "invokes/down", data: {} });
      assert.equal((await ended(id)).status, "Failed");
    },
  },
  {
    title: "invokes go two levels deep",
    functions: ({ client }) => {
      const leaf = client.createFunction(
        { id: "leaf", triggers: [{ event: "invokes/never" }] },
        async ({ event }) => event.data.n + 1,
      );
      const middle = client.createFunction(
        { id: "middle", triggers: [{ event: "invokes/never" }] },
        async ({ event, step }) => step.invoke("leaf", { function: leaf, data: { n: event.data.n * 10 } }),
      );
      const root = client.createFunction(
        { id: "root", triggers: [{ event: "invokes/deep" }] },
        async ({ step }) => step.invoke("middle", { function: middle, data: { n: 3 } }),
      );
      return [leaf, middle, root];
    },
    async verify({ send, ended }) {
      const [id = ""] = await send({ name: "invokes/deep", data: {} });
      assert.equal((await ended(id)).output, 31);
    },
  },
  {
    title: "invokes side by side each give their own result",
    functions: ({ client }) => {
      const child = client.createFunction(
        { id: "child-square", triggers: [{ event: "invokes/never" }] },
        async ({ event }) => event.data.n ** 2,
      );
      const parent = client.createFunction(
        { id: "parent-wide", triggers: [{ event: "invokes/wide" }] },
        async ({ step }) =>
          Promise.all([1, 2, 3, 4].map((n) => step.invoke(`call-${n}`, { function: child, data: { n } }))),
      );
      return [child, parent];
    },
    async verify({ send, ended }) {
      const [id = ""] = await send({ name: "invokes/wide", data: {} });
      assert.deepEqual((await ended(id)).output, [1, 4, 9, 16]);
    },
  },
  {
    title: "a function is invoked by reference",
    functions: ({ client }) => [
      client.createFunction(
        { id: "by-name", triggers: [{ event: "invokes/never" }] },
        async ({ event }) => `got ${event.data.n}`,
      ),
      client.createFunction(
        { id: "by-reference", triggers: [{ event: "invokes/reference" }] },
        async ({ step }) =>
          step.invoke("call", {
            function: referenceFunction({ functionId: "by-name", appId: "conformance" }),
            data: { n: 2 },
          }),
      ),
    ],
    async verify({ send, ended }) {
      const [id = ""] = await send({ name: "invokes/reference", data: {} });
      assert.equal((await ended(id)).output, "got 2");
    },
  },
  {
    title: "invoking a function that does not exist is an error of that step",
    functions: ({ client }) => [
      client.createFunction(
        { id: "invoke-missing", retries: 0, triggers: [{ event: "invokes/missing" }] },
        async ({ step }) => {
          await step.invoke("call", {
            function: referenceFunction({ functionId: "nobody", appId: "conformance" }),
          });
        },
      ),
    ],
    async verify({ send, ended }) {
      const [id = ""] = await send({ name: "invokes/missing", data: {} });
      assert.equal((await ended(id)).status, "Failed");
    },
  },
  {
    title: "an invoke that takes longer than its time-out is an error that can be caught",
    functions: ({ client, ledger }) => {
      const child = client.createFunction(
        { id: "child-slow", triggers: [{ event: "invokes/never" }] },
        async ({ step }) => {
          await step.sleep("rest", "1h");
          ledger.note("not reached");
        },
      );
      const parent = client.createFunction(
        { id: "parent-hurries", retries: 0, triggers: [{ event: "invokes/slow" }] },
        async ({ step }) => {
          try {
            await step.invoke("call", { function: child, data: {}, timeout: "2s" });
            return "in time";
          } catch {
            return "timed out";
          }
        },
      );
      return [child, parent];
    },
    async verify({ send, ended }) {
      const [id = ""] = await send({ name: "invokes/slow", data: {} });
      assert.equal((await ended(id)).output, "timed out");
    },
  },
];
