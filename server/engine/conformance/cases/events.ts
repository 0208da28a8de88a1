import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { NonRetriableError } from "inngest";
import { batchOf, type Case } from "../case";
import { returned } from "../raw-app";

const post = (body: unknown): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

/** Longer than an index takes, and nothing that could be pressed together. */
const long = randomBytes(3000).toString("hex");

/** What events may be, and what becomes of several at once. */
export const eventCases: Case[] = [
  {
    title: "an event with a field that cannot be is refused, and none of its request is taken",
    only: "embedded",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "bad-fields", triggers: [{ event: "events/good" }] }, async ({ event }) =>
        ledger.note(`n ${event.data.n}`),
      ),
    ],
    async verify({ api, eventPath, send, ledger }) {
      const good = { name: "events/good", data: { n: 1 } };
      const bad: Record<string, unknown>[] = [
        { name: "" },
        { name: "x".repeat(257) },
        { name: "events/\0" },
        { data: "text" },
        { data: [1] },
        { id: "x".repeat(513) },
        { id: "\0" },
        { ts: "soon" },
      ];
      for (const field of bad) {
        const { status } = await api(eventPath, post([good, { ...good, ...field }]));
        assert.equal(status, 400, JSON.stringify(field).slice(0, 60));
      }
      await send({ ...good, data: { n: 2 } });
      await ledger.until("n 2");
      assert.deepEqual(ledger.entries(), ["n 2"]);
    },
  },
  {
    title: "what only an engine may say of an event is not taken from its sender",
    only: "embedded",
    async verify({ rawApp, api, eventPath, ended }) {
      const app = await rawApp("sender-says", ({ body }) => returned(Object.keys(body.event).sort()));
      await app.register([{ id: "fn", triggers: [{ event: app.name }] }]);
      const event = {
        name: app.name,
        data: {},
        user: { a: 1 },
        v: "1",
        ctx: { fn_id: "x" },
        sessions: ["y"],
      };
      const { ids } = (await (await api(eventPath, post(event))).json()) as { ids: string[] };
      assert.deepEqual((await ended(ids[0] ?? "")).output, ["data", "id", "name", "ts", "user", "v"]);
    },
  },
  {
    title: "an event id that was sent before is answered with the first one's id",
    only: "embedded",
    async verify({ send, tag }) {
      const event = (id: string) => ({ name: "events/same-id", data: {}, id: `${id}-${tag}` });
      const [first, , twin] = await send([event("a"), event("b"), event("a")]);
      const [again, other] = await send([event("a"), event("c")]);
      assert.deepEqual([twin, again], [first, first]);
      assert.notEqual(other, first);
    },
  },
  {
    title: "of two events in one request that a wait is for, the first is taken",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "first-of-two", triggers: [{ event: "events/two" }] }, async ({ step }) => {
        await step.run("ready", () => ledger.note("ready"));
        const got = await step.waitForEvent("it", { event: "events/it", match: "data.key", timeout: "30s" });
        return got?.data.n ?? null;
      }),
    ],
    async verify({ send, repeat, ended, ledger, tag }) {
      const [id = ""] = await send({ name: "events/two", data: { key: tag } });
      await ledger.until("ready");
      const run = await repeat(
        () => send([1, 2].map((n) => ({ name: "events/it", data: { key: tag, n } }))),
        () => ended(id),
      );
      assert.equal(run.output, 1);
    },
  },
  {
    title: "a match on a long value takes that value and no other that begins so",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "long-value", idempotency: "event.data.key", triggers: [{ event: "events/long" }] },
        async ({ step }) => {
          await step.run("ready", () => ledger.note("ready"));
          const got = await step.waitForEvent("it", {
            event: "events/long-it",
            match: "data.key",
            timeout: "30s",
          });
          return got?.data.n ?? null;
        },
      ),
    ],
    async verify({ send, repeat, ended, ledger, tag }) {
      const key = (end: string): string => `${long}${tag}${end}`;
      const [id = ""] = await send([1, 2].map(() => ({ name: "events/long", data: { key: key("a") } })));
      await ledger.until("ready");
      const run = await repeat(
        () => send(["b", "a"].map((end, n) => ({ name: "events/long-it", data: { key: key(end), n } }))),
        () => ended(id),
      );
      assert.equal(run.output, 1);
      assert.equal(ledger.count("ready"), 1);
    },
  },
  {
    title: "a value with a zero character is a key like any other",
    only: "embedded",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "zero",
          concurrency: { limit: 1, key: "event.data.key" },
          triggers: [{ event: "events/zero" }],
        },
        async ({ step, event }) => {
          await step.run("ready", () => ledger.note("ready"));
          const got = await step.waitForEvent("it", {
            event: "events/zero-it",
            match: "data.key",
            timeout: "30s",
          });
          return got?.data.key === event.data.key;
        },
      ),
    ],
    async verify({ send, repeat, ended, ledger, tag }) {
      const data = { key: `${tag}\0a` };
      const [id = ""] = await send({ name: "events/zero", data });
      await ledger.until("ready");
      const run = await repeat(
        () => send({ name: "events/zero-it", data }),
        () => ended(id),
      );
      assert.equal(run.output, true);
    },
  },
  {
    title:
      "a wait's rule may compare fields of the arriving event, offer alternatives and begin with an order",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "rules", triggers: [{ event: "events/rules" }] }, async ({ step }) => {
        await step.run("ready", () => ledger.note("ready"));
        const wait = async (name: string, rule: string) => {
          const got = await step.waitForEvent(name, { event: "events/rule", if: rule, timeout: "30s" });
          return got?.data.name ?? null;
        };
        return Promise.all([
          wait("same", "async.data.a == async.data.b"),
          wait("either", "async.data.order.id == event.data.key || async.data.name == 'nobody'"),
          wait("level", "async.data.level > event.data.level && async.data.order.id == event.data.key"),
          wait("path", "async.data.owner.id == event.data.key"),
          wait("deep", "event.data.key == async.data.order.id && async.data.name != 'order'"),
        ]);
      }),
    ],
    async verify({ send, repeat, ended, ledger, tag }) {
      const [id = ""] = await send({ name: "events/rules", data: { key: tag, level: 5 } });
      await ledger.until("ready");
      const rule = (name: string, data: Record<string, unknown>) => ({
        name: "events/rule",
        data: { a: 1, b: 2, level: 0, order: { id: "other" }, owner: { id: "none" }, ...data, name },
      });
      const run = await repeat(
        () =>
          send([
            rule("high", { level: 9 }),
            rule("order", { order: { id: tag } }),
            rule("equal", { a: 3, b: 3 }),
            rule("owner", { owner: { id: tag } }),
            rule("both", { level: 6, order: { id: tag } }),
          ]),
        () => ended(id),
      );
      assert.deepEqual(run.output, ["equal", "order", "both", "owner", "both"]);
    },
  },
  {
    title: "a run may wait for the end of another",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "watched", triggers: [{ event: "events/watched" }] },
        async ({ event }) => ({
          n: event.data.n,
        }),
      ),
      client.createFunction({ id: "watches", triggers: [{ event: "events/watch" }] }, async ({ step }) => {
        await step.run("ready", () => ledger.note("ready"));
        const got = await step.waitForEvent("end", {
          event: "inngest/function.finished",
          if: "async.data.event.data.key == event.data.key",
          timeout: "30s",
        });
        return got?.data.result ?? null;
      }),
    ],
    async verify({ send, repeat, ended, ledger, tag }) {
      const data = { key: `watched-${tag}`, n: 3 };
      const [id = ""] = await send({ name: "events/watch", data });
      await ledger.until("ready");
      const run = await repeat(
        () => send({ name: "events/watched", data }),
        () => ended(id),
      );
      assert.deepEqual(run.output, { n: 3 });
    },
  },
  {
    title: "the failure of a batch tells all its events",
    functions: ({ client, ledger, tag, kind }) => [
      client.createFunction(
        {
          id: "batch-fails",
          retries: 0,
          batchEvents: { maxSize: 2, timeout: "30s", key: "event.data.key" },
          triggers: [{ event: "events/batch-fails" }],
        },
        async () => {
          throw new NonRetriableError("no");
        },
      ),
      client.createFunction(
        {
          id: "batch-told",
          triggers: [
            { event: "inngest/function.failed", if: "event.data.function_id == 'conformance-batch-fails'" },
          ],
        },
        async ({ event }) => {
          const { events } = event.data as unknown as { events: { data: { key: string; n: number } }[] };
          if (events[0]?.data.key === tag) ledger.note(batchOf(kind, events).join("+"));
        },
      ),
    ],
    async verify({ send, ledger, tag }) {
      for (const n of [1, 2]) await send({ name: "events/batch-fails", data: { key: tag, n } });
      await ledger.until("1+2");
    },
  },
  {
    title: "a cancelled run is not told as finished or failed",
    only: "embedded",
    functions: ({ client, ledger, tag }) => [
      client.createFunction(
        {
          id: "only-cancelled",
          cancelOn: [{ event: "events/cancel", match: "data.key" }],
          triggers: [{ event: "events/cancelled" }],
        },
        async ({ step }) => {
          await step.run("ready", () => ledger.note("ready"));
          await step.sleep("rest", "1h");
        },
      ),
      client.createFunction(
        {
          id: "hears-all",
          triggers: ["cancelled", "failed", "finished"].map((end) => ({
            event: `inngest/function.${end}`,
            if: "event.data.function_id == 'conformance-only-cancelled'",
          })),
        },
        async ({ event }) => {
          const { event: own } = event.data as unknown as { event: { data: { key: string } } };
          if (own.data.key === tag) ledger.note(event.name);
        },
      ),
      client.createFunction({ id: "cancel-after", triggers: [{ event: "events/after" }] }, async () =>
        ledger.note("after"),
      ),
    ],
    async verify({ send, ledger, tag }) {
      await send({ name: "events/cancelled", data: { key: tag } });
      await ledger.until("ready");
      await send({ name: "events/cancel", data: { key: tag } });
      await ledger.until("inngest/function.cancelled");
      await send({ name: "events/after", data: {} });
      await ledger.until("after");
      assert.deepEqual(ledger.entries(), ["ready", "inngest/function.cancelled", "after"]);
    },
  },
];
