import assert from "node:assert/strict";
import type { Case } from "../case";

/** waitForEvent: which event is taken, by whom, and what happens when none comes. */
export const waitCases: Case[] = [
  {
    title: "waitForEvent takes the event that matches and no other",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "wait-match", triggers: [{ event: "waits/match" }] },
        async ({ step, event }) => {
          await step.run("ready", () => ledger.note("ready"));
          const got = await step.waitForEvent("answer", {
            event: "waits/answer",
            match: "data.key",
            timeout: "30s",
          });
          return { own: event.data.key, got: got?.data.value ?? null };
        },
      ),
    ],
    async verify({ send, repeat, ended, ledger, tag }) {
      const [id = ""] = await send({ name: "waits/match", data: { key: `${tag}-a` } });
      await ledger.until("ready");
      const answers = ["b", "a"].map((key) => ({
        name: "waits/answer",
        data: { key: `${tag}-${key}`, value: key },
      }));
      const run = await repeat(
        () => send(answers),
        () => ended(id),
      );
      assert.deepEqual(run.output, { own: `${tag}-a`, got: "a" });
    },
  },
  {
    title: "waitForEvent gives null when its time is over",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "wait-timeout", triggers: [{ event: "waits/timeout" }] },
        async ({ step }) => {
          const got = await step.waitForEvent("none", { event: "waits/never", timeout: "2s" });
          return step.run("after", () => ledger.note("after", got));
        },
      ),
    ],
    async verify({ send, ended, ledger }) {
      const [id = ""] = await send({ name: "waits/timeout", data: {} });
      const run = await ended(id);
      assert.equal(run.status, "Completed");
      assert.equal(run.output ?? null, null);
      assert.equal(ledger.count("after"), 1);
    },
  },
  {
    title: "a wait's if sees both the run's event and the arriving one",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "wait-if", triggers: [{ event: "waits/if" }] }, async ({ step }) => {
        await step.run("ready", () => ledger.note("ready"));
        const rule = "event.data.key == async.data.key && async.data.amount >= 100";
        const got = await step.waitForEvent("paid", { event: "waits/paid", if: rule, timeout: "30s" });
        return got?.data.amount ?? null;
      }),
    ],
    async verify({ send, repeat, ended, ledger, tag }) {
      const [id = ""] = await send({ name: "waits/if", data: { key: tag } });
      await ledger.until("ready");
      const paid = (key: string, amount: number) => ({ name: "waits/paid", data: { key, amount } });
      const run = await repeat(
        () => send([paid(tag, 99), paid("other", 500), paid(tag, 100)]),
        () => ended(id),
      );
      assert.equal(run.output, 100);
    },
  },
  {
    title: "a wait gets the whole event",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "wait-whole", triggers: [{ event: "waits/whole" }] }, async ({ step }) => {
        await step.run("ready", () => ledger.note("ready"));
        const got = await step.waitForEvent("it", { event: "waits/it", match: "data.key", timeout: "30s" });
        return { name: got?.name, data: got?.data, ts: got?.ts, hasId: Boolean(got?.id) };
      }),
    ],
    async verify({ send, repeat, ended, ledger, tag }) {
      const [id = ""] = await send({ name: "waits/whole", data: { key: tag } });
      await ledger.until("ready");
      const data = { key: tag, nested: { list: [1, 2] } };
      const run = await repeat(
        () => send({ name: "waits/it", data, ts: 1_700_000_000_000 }),
        () => ended(id),
      );
      assert.deepEqual(run.output, { name: "waits/it", data, ts: 1_700_000_000_000, hasId: true });
    },
  },
  {
    title: "an event that came before the wait is not taken",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "no-look-back", triggers: [{ event: "waits/late" }] }, async ({ step }) => {
        await step.run("ready", () => ledger.note("ready"));
        await step.sleep("rest", "5s");
        const got = await step.waitForEvent("early", {
          event: "waits/early",
          match: "data.key",
          timeout: "2s",
        });
        return got === null ? "none" : "taken";
      }),
    ],
    async verify({ send, ended, ledger, tag }) {
      const [id = ""] = await send({ name: "waits/late", data: { key: tag } });
      await ledger.until("ready");
      await send({ name: "waits/early", data: { key: tag } });
      assert.equal((await ended(id)).output, "none");
    },
  },
  {
    title: "one event lets every run go on that waits for it",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "many", triggers: [{ event: "waits/many" }] }, async ({ step, event }) => {
        await step.run("ready", () => ledger.note("ready"));
        const got = await step.waitForEvent("go", { event: "waits/go", match: "data.key", timeout: "30s" });
        return `${event.data.n} ${got?.data.round !== undefined}`;
      }),
    ],
    async verify({ send, repeat, ended, ledger, tag }) {
      const ids = await send([1, 2, 3].map((n) => ({ name: "waits/many", data: { key: tag, n } })));
      await ledger.until("ready", 3);
      let round = 0;
      const runs = await repeat(
        () => send({ name: "waits/go", data: { key: tag, round: round++ } }),
        () => Promise.all(ids.map((id) => ended(id))),
      );
      assert.deepEqual(
        runs.map(({ output }) => output),
        ["1 true", "2 true", "3 true"],
      );
    },
  },
  {
    title: "a match compares values with their type",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "typed", triggers: [{ event: "waits/typed" }] }, async ({ step }) => {
        await step.run("ready", () => ledger.note("ready"));
        const got = await step.waitForEvent("n", { event: "waits/n", match: "data.n", timeout: "30s" });
        return got?.data.kind ?? null;
      }),
    ],
    async verify({ send, repeat, ended, ledger }) {
      const n = Math.floor(Math.random() * 1e9);
      const [id = ""] = await send({ name: "waits/typed", data: { n } });
      await ledger.until("ready");
      const values = [
        { n: String(n), kind: "text" },
        { n, kind: "number" },
      ];
      const run = await repeat(
        () => send(values.map((data) => ({ name: "waits/n", data }))),
        () => ended(id),
      );
      assert.equal(run.output, "number");
    },
  },
  {
    title: "a second wait for the same name takes a later event",
    functions: ({ client, ledger }) => [
      client.createFunction({ id: "twice", triggers: [{ event: "waits/twice" }] }, async ({ step }) => {
        await step.run("ready", () => ledger.note("ready"));
        const wait = { event: "waits/tick", match: "data.key", timeout: "30s" } as const;
        const first = await step.waitForEvent("first", wait);
        const second = await step.waitForEvent("second", wait);
        return (second?.data.n ?? 0) > (first?.data.n ?? 0);
      }),
    ],
    async verify({ send, repeat, ended, ledger, tag }) {
      const [id = ""] = await send({ name: "waits/twice", data: { key: tag } });
      await ledger.until("ready");
      let n = 1;
      const run = await repeat(
        () => send({ name: "waits/tick", data: { key: tag, n: n++ } }),
        () => ended(id),
      );
      assert.equal(run.output, true);
    },
  },
  {
    title: "a wait without a rule takes any event of its name",
    functions: ({ client, ledger, tag }) => [
      client.createFunction({ id: "any", triggers: [{ event: "waits/any" }] }, async ({ step }) => {
        await step.run("ready", () => ledger.note("ready"));
        const got = await step.waitForEvent("one", { event: `waits/one-${tag}`, timeout: "30s" });
        return got?.data.n ?? null;
      }),
    ],
    async verify({ send, repeat, ended, ledger, tag }) {
      const [id = ""] = await send({ name: "waits/any", data: {} });
      await ledger.until("ready");
      const run = await repeat(
        () => send({ name: `waits/one-${tag}`, data: { n: 4 } }),
        () => ended(id),
      );
      assert.equal(run.output, 4);
    },
  },
];
