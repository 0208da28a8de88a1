import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import type { InngestFunction } from "inngest";
import type { Case, Scene } from "../case";

type Options = Partial<Parameters<Scene["client"]["createFunction"]>[0]>;

/** Two functions with the same rule that one event starts; each notes its name. */
const pair = ({ client, ledger }: Scene, name: string, rule: Options): InngestFunction.Any[] =>
  ["x", "y"].map((own) =>
    client.createFunction({ ...rule, id: `${name}-${own}`, triggers: [{ event: `own/${name}` }] }, async () =>
      ledger.note(own),
    ),
  );

const bothBegin =
  (name: string): Case["verify"] =>
  async ({ send, ledger, tag }) => {
    await send({ name: `own/${name}`, data: { key: tag } });
    await Promise.all([ledger.until("x", 1, 30_000), ledger.until("y", 1, 30_000)]);
  };

const key = "event.data.key";

/** The value of a key counts for the function that has the rule, and for no other. */
export const ownKeyCases: Case[] = [
  {
    title: "rate limits of different functions do not mix",
    functions: (scene) => pair(scene, "rate", { rateLimit: { limit: 1, period: "24h", key } }),
    verify: bothBegin("rate"),
  },
  {
    title: "throttles of different functions do not mix",
    functions: (scene) => pair(scene, "throttle", { throttle: { limit: 1, period: "60s", key } }),
    verify: bothBegin("throttle"),
  },
  {
    title: "singletons of different functions do not mix",
    functions: (scene) => pair(scene, "singleton", { singleton: { mode: "skip", key } }),
    verify: bothBegin("singleton"),
  },
  {
    title: "of many events that come at once a singleton takes one",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "single-crowd", singleton: { mode: "skip", key }, triggers: [{ event: "own/crowd" }] },
        async () => ledger.until("release"),
      ),
    ],
    async verify({ send, runsOf, ledger, tag }) {
      const crowd = Array.from({ length: 20 }, () => send({ name: "own/crowd", data: { key: tag } }));
      const ids = (await Promise.all(crowd)).flat();
      const runs = await Promise.all(ids.map((id) => runsOf(id, 0)));
      ledger.note("release");
      assert.ok(runs.flat().length <= 1, `${runs.flat().length} runs at once`);
    },
  },
  {
    title: "a run that a concurrency limit holds back uses up nothing of a throttle",
    functions: ({ client, ledger }) => [
      client.createFunction(
        {
          id: "held-throttle",
          concurrency: { limit: 1, key },
          throttle: { limit: 1, period: "60s", burst: 2, key },
          triggers: [{ event: "own/held" }],
        },
        async ({ event }) => {
          ledger.note(`n ${event.data.n}`);
          await ledger.until("release");
        },
      ),
    ],
    async verify({ send, ledger, tag }) {
      await send([1, 2].map((n) => ({ name: "own/held", data: { key: tag, n } })));
      await ledger.until("n 1");
      // A slot of the throttle is left for the second run, however often it was looked at meanwhile.
      await pause(4000);
      ledger.note("release");
      await ledger.until("n 2", 1, 20_000);
    },
  },
  {
    title: "of two places the one that is free is taken while the other is in use",
    functions: ({ client, ledger }) => [
      client.createFunction(
        { id: "free-place", concurrency: { limit: 2, key }, triggers: [{ event: "own/places" }] },
        async ({ event }) => {
          ledger.note(event.data.name);
          if (event.data.name === "long") await ledger.until("release");
          if (event.data.name === "short") await ledger.until("go");
        },
      ),
    ],
    async verify({ send, ledger, tag }) {
      for (const name of ["long", "short"]) {
        await send({ name: "own/places", data: { key: tag, name } });
        await ledger.until(name);
      }
      await send({ name: "own/places", data: { key: tag, name: "next" } });
      await pause(2000);
      assert.equal(ledger.count("next"), 0);
      ledger.note("go");
      await ledger.until("next", 1, 20_000);
      ledger.note("release");
    },
  },
];
