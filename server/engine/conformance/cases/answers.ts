import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Case } from "../case";
import { type RawCall, type RawReply, reported, returned, threw } from "../raw-app";

const sdk = { "x-inngest-sdk": "js:v4.24.0", "x-inngest-req-version": "2" };
const forGood = { ...sdk, "x-inngest-no-retry": "true" };
const own = createHash("sha1").update("complete").digest("hex");
const done = (id: string, data: unknown) => ({ id, op: "StepRun", name: id, displayName: id, data });

type Told = {
  title: string;
  label: string;
  answer: (call: RawCall, n: number) => RawReply | Promise<RawReply>;
  status?: string;
  output: unknown;
  retries?: number;
  only?: "embedded";
};

/** One function whose answers are written by hand; `n` counts its calls from 1. A pattern is looked for in the output. */
const told = ({ title, label, answer, status = "Completed", output, retries = 0, only }: Told): Case => ({
  title,
  ...(only && { only }),
  async verify({ rawApp, send, ended, ledger }) {
    const app = await rawApp(label, (call) => {
      ledger.note("call");
      return answer(call, ledger.count("call"));
    });
    await app.register([{ id: "fn", retries, triggers: [{ event: app.name }] }]);
    const [id = ""] = await send({ name: app.name, data: {} });
    const run = await ended(id);
    assert.equal(run.status, status);
    if (output instanceof RegExp) assert.match(JSON.stringify(run.output), output);
    else assert.deepEqual(run.output, output);
  },
});

/** Answers in every shape that an app, its host or a proxy may give. */
export const answerCases: Case[] = [
  told({
    title: "the error of an answer keeps its name, its message and what else it says",
    label: "whole-error",
    answer: () => ({
      status: 500,
      headers: forGood,
      body: { name: "CardDeclined", message: "no", code: 51 },
    }),
    status: "Failed",
    output: { name: "CardDeclined", message: "no", code: 51 },
    only: "embedded",
  }),
  told({
    title: "an answer that says { error } has that for its message",
    label: "error-field",
    answer: () => ({ status: 500, headers: forGood, body: { error: "not today" } }),
    status: "Failed",
    output: { name: "Error", message: "not today", error: "not today" },
    only: "embedded",
  }),
  told({
    title: "an error that is a text has it for its message",
    label: "text-error",
    answer: () => ({ status: 500, headers: forGood, body: "plain words" }),
    status: "Failed",
    output: { name: "Error", message: "plain words" },
    only: "embedded",
  }),
  told({
    title: "the page of a proxy that fails is the error, signed or not",
    label: "proxy",
    answer: () => ({ status: 502, body: null, text: "<h1>Bad gateway</h1>", signed: false }),
    status: "Failed",
    output: /answered 502: <h1>Bad gateway/,
    only: "embedded",
  }),
  told({
    title: "an error answer without a body fails too",
    label: "no-body",
    answer: () => ({ status: 500, headers: forGood, body: null, text: "" }),
    status: "Failed",
    output: /answered 500\./,
    only: "embedded",
  }),
  told({
    title: "one operation may be told without a list",
    label: "one-op",
    answer: ({ body }, n) =>
      n === 1 ? { status: 206, headers: sdk, body: done("only", 7) } : returned(body.steps),
    output: { only: { data: 7 } },
  }),
  told({
    title: "operations that are none use up an attempt",
    label: "no-ops",
    answer: () => ({ status: 206, headers: sdk, body: [{ id: "", op: "StepRun", data: 1 }] }),
    status: "Failed",
    output: /answered 206/,
    only: "embedded",
  }),
  told({
    title: "a 201 that is no envelope uses up an attempt",
    label: "no-envelope",
    answer: () => ({ status: 201, headers: sdk, body: { hello: "world" } }),
    status: "Failed",
    output: /answered 201/,
    only: "embedded",
  }),
  told({
    title: "an answer of 200 without a body is null",
    label: "empty",
    answer: () => ({ status: 200, headers: sdk, body: null, text: "" }),
    output: null,
  }),
  told({
    title: "a step that is told with its error is tried again when the error may be, and not when it may not",
    label: "step-errors",
    // Inngest says more of the error.
    only: "embedded",
    retries: 3,
    answer: ({ body }, n) => {
      const failed = { id: "s", op: "StepError", name: "s", error: { name: "E", message: `m${n}` } };
      const reply = reported(failed);
      if (Object.keys(body.steps).length > 0 || reply === "broken") return returned([n, body.steps.s]);
      const header: Record<string, string> =
        n === 1 ? { "retry-after": "1" } : { "x-inngest-no-retry": "true" };
      return { ...reply, headers: { ...reply.headers, ...header } };
    },
    output: [3, { error: { name: "E", message: "m2" } }],
  }),
  told({
    title: "a step that may be tried again has its error for its result once its attempts are used up",
    label: "used-up",
    retries: 1,
    answer: ({ body }, n) => {
      if ("s" in body.steps) return returned([n, body.steps.s]);
      const reply = reported({ id: "s", op: "StepError", name: "s", error: { name: "E", message: `m${n}` } });
      return reply === "broken" ? reply : { ...reply, headers: { ...reply.headers, "retry-after": "1" } };
    },
    output: [3, { error: { name: "E", message: "m2" } }],
  }),
  told({
    title: "a function that tells its own failure together with a step fails at once, whatever its attempts",
    label: "own-failure",
    retries: 3,
    answer: (_call, n) =>
      reported(done("s", 1), { id: own, op: "StepFailed", error: { name: "E", message: `call ${n}` } }),
    status: "Failed",
    output: /call 1/,
  }),
  told({
    title: "a function that tells its own error together with a step is tried again, and keeps the step",
    label: "own-error",
    retries: 1,
    answer: ({ body }, n) => {
      const error = { name: "E", message: `call ${n}` };
      const reply = reported(done("s", 1), { id: own, op: "StepError", error });
      if (n > 1 || reply === "broken") return returned([n, body.steps]);
      return { ...reply, headers: { ...reply.headers, "retry-after": "1" } };
    },
    output: [2, { s: { data: 1 } }],
  }),
  told({
    title: "a function that tells its own error with its last attempt fails",
    label: "own-last",
    answer: () => reported({ id: own, op: "StepError", error: { name: "E", message: "over" } }),
    status: "Failed",
    output: /over/,
  }),
  told({
    title: "a refused signature uses up an attempt",
    label: "refused-last",
    answer: () => ({ status: 401, body: { message: "another key" }, signed: false }),
    status: "Failed",
    output: /another key/,
    only: "embedded",
  }),
  told({
    title: "a sleep until nothing that is a time fails the run with a sentence",
    label: "bad-sleep",
    answer: () => reported({ id: "s", op: "Sleep", name: "someday", displayName: "nap" }),
    status: "Failed",
    output: /no valid sleep time/,
    only: "embedded",
  }),
  told({
    title: "a wait for nothing that is a time fails the run with a sentence",
    label: "bad-wait",
    answer: () =>
      reported({ id: "w", op: "WaitForEvent", name: "e", displayName: "wait", opts: { timeout: "someday" } }),
    status: "Failed",
    output: /no valid time-out/,
    only: "embedded",
  }),
  told({
    title: "a sleep may be told as an instant",
    label: "instant-sleep",
    answer: ({ body }) =>
      "z" in body.steps
        ? returned(body.steps.z)
        : reported({ id: "z", op: "Sleep", name: new Date(Date.now() + 1500).toISOString() }),
    output: null,
  }),
  told({
    title: "a function that fails behind its last step fails without repeating it",
    label: "after-step",
    answer: (_call, n) =>
      n === 1 ? reported(done("s", 1)) : threw("then", { "x-inngest-no-retry": "true" }),
    status: "Failed",
    output: /then/,
  }),
  {
    title: "an answer of more than 32 MiB uses up an attempt",
    only: "embedded",
    slow: true,
    async verify({ rawApp, send, ended }) {
      const app = await rawApp("huge", () => ({
        status: 500,
        headers: sdk,
        body: null,
        text: " ".repeat(33 * 1024 * 1024),
      }));
      await app.register([{ id: "fn", retries: 0, triggers: [{ event: app.name }] }]);
      const [id = ""] = await send({ name: app.name, data: {} });
      assert.match(JSON.stringify((await ended(id)).output), /more than 32 MiB/);
    },
  },
];
