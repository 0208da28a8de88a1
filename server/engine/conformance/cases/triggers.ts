import assert from "node:assert/strict";
import { cron } from "inngest";
import type { Case } from "../case";

/** What starts a run, how often, and what does not. */
export const triggerCases: Case[] = [
  {
    title: "a trigger's if decides by the event's data",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "gold", triggers: [{ event: "triggers/tier", if: "event.data.tier == 'gold'" }] },
        async ({ event }) => ledger.note(`gold ${event.data.n}`),
      ),
      client.createFunction({ id: "all", triggers: [{ event: "triggers/tier" }] }, async ({ event }) =>
        ledger.note(`all ${event.data.n}`),
      ),
    ],
    async verify({ send, ledger }) {
      await send([
        { name: "triggers/tier", data: { tier: "silver", n: 1 } },
        { name: "triggers/tier", data: { tier: "gold", n: 2 } },
      ]);
      await Promise.all([ledger.until("all 1"), ledger.until("all 2"), ledger.until("gold 2")]);
      assert.equal(ledger.count("gold 1"), 0);
    },
  },
  {
    title: "an event starts every function that it triggers, once each",
    functions: ({ client, ledger }) =>
      ["a", "b", "c"].map((name) =>
        client.createFunction({ id: `fan-${name}`, triggers: [{ event: "triggers/fan" }] }, async () =>
          ledger.note(name),
        ),
      ),
    async verify({ send, runsOf, endedRun, ledger }) {
      const [id = ""] = await send({ name: "triggers/fan", data: {} });
      const runs = await runsOf(id, 3);
      await Promise.all(runs.map(({ run_id }) => endedRun(run_id)));
      assert.deepEqual(ledger.entries().sort(), ["a", "b", "c"]);
    },
  },
  {
    title: "a function with two triggers is started by either event",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "either", triggers: [{ event: "triggers/left" }, { event: "triggers/right" }] },
        async ({ event }) => ledger.note(event.name),
      ),
    ],
    async verify({ send, ledger }) {
      await send([
        { name: "triggers/left", data: {} },
        { name: "triggers/right", data: {} },
      ]);
      await Promise.all([ledger.until("triggers/left"), ledger.until("triggers/right")]);
      assert.equal(ledger.entries().length, 2);
    },
  },
  {
    title: "a trigger that ends with * is started by every name that begins so",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "star", triggers: [{ event: "triggers/star/*" }] }, async ({ event }) =>
        ledger.note(event.name),
      ),
    ],
    async verify({ send, ledger }) {
      await send([
        { name: "triggers/start", data: {} },
        { name: "triggers/star/one", data: {} },
        { name: "triggers/star/two", data: {} },
      ]);
      await Promise.all([ledger.until("triggers/star/one"), ledger.until("triggers/star/two")]);
      assert.equal(ledger.entries().length, 2);
    },
  },
  {
    title: "an event id starts a function once",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "event-id", triggers: [{ event: "triggers/id" }] }, async ({ event }) =>
        ledger.note(event.data.which),
      ),
      client.createFunction({ id: "event-id-end", triggers: [{ event: "triggers/id-end" }] }, async () =>
        ledger.note("end"),
      ),
    ],
    async verify({ send, ledger, tag }) {
      const event = (which: string) => ({ name: "triggers/id", data: { which }, id: `${which}-${tag}` });
      await send(event("once"));
      await send(event("once"));
      await send([event("twin"), event("twin")]);
      await Promise.all([ledger.until("once"), ledger.until("twin")]);
      const [end = ""] = await send({ name: "triggers/id-end", data: {} });
      assert.ok(end);
      await ledger.until("end");
      assert.deepEqual(ledger.entries().sort(), ["end", "once", "twin"]);
    },
  },
  {
    title: "idempotency starts a function once for each value of its key",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "idempotent", idempotency: "event.data.key", triggers: [{ event: "triggers/idempotent" }] },
        async ({ event }) => ledger.note(event.data.key),
      ),
    ],
    async verify({ send, ledger, tag }) {
      const event = (key: string) => ({ name: "triggers/idempotent", data: { key: `${key}-${tag}` } });
      await send([event("a"), event("a"), event("b")]);
      await send(event("a"));
      await send(event("c"));
      await Promise.all(["a", "b", "c"].map((key) => ledger.until(`${key}-${tag}`)));
      assert.equal(ledger.entries().length, 3);
    },
  },
  {
    title: "many events in one request each start their run and get an id in order",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "bulk", triggers: [{ event: "triggers/bulk" }] }, async ({ event }) =>
        ledger.note("bulk", event.data.n),
      ),
    ],
    async verify({ send, ended, ledger }) {
      const ids = await send(Array.from({ length: 50 }, (_, n) => ({ name: "triggers/bulk", data: { n } })));
      assert.equal(new Set(ids).size, 50);
      await ledger.until("bulk", 50);
      assert.equal((await ended(ids[17] ?? "")).output, 17);
      assert.equal(ledger.count("bulk"), 50);
    },
  },
  {
    title: "the ids of a request do not change when the SDK repeats it",
    only: "embedded",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "seeded", triggers: [{ event: "triggers/seeded" }] }, async ({ event }) =>
        ledger.note(`seeded ${event.data.n}`),
      ),
    ],
    async verify({ api, eventPath, ledger, send }) {
      const seed = `${Date.now()},${Buffer.from(crypto.getRandomValues(new Uint8Array(10))).toString("base64")}`;
      const request = {
        method: "POST",
        headers: { "content-type": "application/json", "x-inngest-event-id-seed": seed },
        body: JSON.stringify([1, 2].map((n) => ({ name: "triggers/seeded", data: { n } }))),
      };
      const first = (await (await api(eventPath, request)).json()) as { ids: string[] };
      const second = (await (await api(eventPath, request)).json()) as { ids: string[] };
      assert.deepEqual(second.ids, first.ids);
      await send({ name: "triggers/seeded", data: { n: 3 } });
      await ledger.until("seeded 3");
      await Promise.all([ledger.until("seeded 1"), ledger.until("seeded 2")]);
      assert.equal(ledger.entries().length, 3);
    },
  },
  {
    title: "a cron function is started by its schedule",
    slow: true,
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "minutely", triggers: [cron("* * * * *")] }, async ({ event, step }) => {
        await step.run("tick", () => ledger.note(event.name));
      }),
    ],
    async verify({ ledger }) {
      await ledger.until("inngest/scheduled.timer", 1, 90_000);
    },
  },
  {
    title: "a cron schedule in a time zone is accepted",
    functions: ({ client }) => [
      client.createFunction(
        { id: "zoned", triggers: [cron("TZ=Asia/Kolkata 30 9 * * 1-5")] },
        async () => "fine",
      ),
    ],
    async verify() {
      // Registration of the whole suite would have failed.
    },
  },
  {
    title: "a function may be triggered by an event and by a schedule",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "both", triggers: [{ event: "triggers/both" }, cron("TZ=UTC 0 0 1 1 *")] },
        async ({ event }) => ledger.note(event.name),
      ),
    ],
    async verify({ send, ledger }) {
      await send({ name: "triggers/both", data: {} });
      await ledger.until("triggers/both");
    },
  },
];
