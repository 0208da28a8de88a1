import assert from "node:assert/strict";
import type { Case } from "../case";

const step = { id: "step", name: "step", runtime: { type: "http", url: "http://127.0.0.1:9/?fnId=x" } };

const registration = (appName: string, fn: Record<string, unknown>): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({
    url: "http://127.0.0.1:9/api/inngest",
    deployType: "ping",
    framework: "test",
    appName,
    sdk: "js:v4.24.0",
    v: "0.1",
    functions: [
      { id: "refused-one", name: "one", triggers: [{ event: "refused/one" }], steps: { step }, ...fn },
    ],
  }),
});

const many = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);
const foreign = "size(event.data.x) > 1";
const batch = { maxSize: 2, timeout: "5s" };
const rate = { limit: 1, period: "1h" };

/** What a function asks for, and what the refusal says. */
const table: [what: string, fn: Record<string, unknown>, sentence: RegExp][] = [
  ["an unknown rule", { teleport: true }, /uses teleport, which this engine does not support/],
  ["connect", { steps: { step: { ...step, runtime: { type: "ws", url: "ws://x" } } } }, /over connect/],
  [
    "an address that is not http",
    { steps: { step: { ...step, runtime: { type: "http", url: "ftp://x" } } } },
    /no http address/,
  ],
  ["two entry points", { steps: { step, other: step } }, /more than one entry point/],
  ["21 retries", { steps: { step: { ...step, retries: { attempts: 21 } } } }, /more than 20 retries/],
  ["11 triggers", { triggers: many(11, { event: "e" }) }, /more than 10 triggers/],
  ["a bad cron", { triggers: [{ cron: "61 * * * *" }] }, /not a valid cron expression/],
  ["an unknown time zone", { triggers: [{ cron: "TZ=Mars/Base 0 9 * * *" }] }, /known time zone/],
  ["6 cron fields", { triggers: [{ cron: "* * * * * *" }] }, /does not have 5 fields/],
  ["a jitter of more than a day", { triggers: [{ cron: "0 9 * * *", jitter: "25h" }] }, /jitter of "25h"/],
  ["a broken expression", { idempotency: "event.data." }, /is not valid/],
  ["an unknown name in an expression", { idempotency: "payload.id" }, /the name "payload"/],
  ["an unknown method in an expression", { idempotency: "event.data.x.matches('a')" }, /function "matches"/],
  ["has() of something that is no field", { idempotency: "has(event)" }, /not valid|function "has"/],
  ["a map in an expression", { idempotency: "{'a': 1}" }, /the operator/],
  [
    "an unknown CEL function in a trigger",
    { triggers: [{ event: "e", expression: foreign }] },
    /function "size"/,
  ],
  ["one in idempotency", { idempotency: foreign }, /function "size"/],
  ["one in a batch's key", { batchEvents: { ...batch, key: foreign } }, /function "size"/],
  ["one in a batch's if", { batchEvents: { ...batch, if: foreign } }, /function "size"/],
  ["one in a rate limit's key", { rateLimit: { ...rate, key: foreign } }, /function "size"/],
  ["one in a throttle's key", { throttle: { ...rate, key: foreign } }, /function "size"/],
  ["one in a singleton's key", { singleton: { mode: "skip", key: foreign } }, /function "size"/],
  ["one in a debounce's key", { debounce: { period: "5s", key: foreign } }, /function "size"/],
  ["one in a priority", { priority: { run: foreign } }, /function "size"/],
  ["one in cancelOn", { cancel: [{ event: "x", if: foreign }] }, /function "size"/],
  ["one in a concurrency key", { concurrency: { limit: 1, key: foreign } }, /function "size"/],
  ["3 concurrency limits", { concurrency: many(3, { limit: 1 }) }, /more than 2 concurrency limits/],
  ["a concurrency limit below 0", { concurrency: { limit: -1 } }, /concurrency/],
  ["6 cancellation events", { cancel: many(6, { event: "x" }) }, /more than 5 cancellation events/],
  [
    "a cancelOn time-out that is none",
    { cancel: [{ event: "x", timeout: "soon" }] },
    /cancelOn time-out of "soon"/,
  ],
  ["a batch of one", { batchEvents: { ...batch, maxSize: 1 } }, /fewer than 2 events/],
  ["a batch of 1,001", { batchEvents: { ...batch, maxSize: 1001 } }, /more than 1,000 events/],
  ["batch and cancelOn", { batchEvents: batch, cancel: [{ event: "x" }] }, /cannot be combined/],
  ["batch and debounce", { batchEvents: batch, debounce: { period: "5s" } }, /cannot be combined/],
  ["batch and singleton", { batchEvents: batch, singleton: { mode: "skip" } }, /cannot be combined/],
  ["batch and priority", { batchEvents: batch, priority: { run: "1" } }, /cannot be combined/],
  ["a period that is none", { debounce: { period: "soon" } }, /not a duration/],
  ["a rate limit of nothing", { rateLimit: { ...rate, limit: 0 } }, /rateLimit/],
  ["a throttle of nothing", { throttle: { ...rate, limit: 0 } }, /throttle/],
  ["a trigger without the name of an event", { triggers: [{ event: "" }] }, /invalid triggers/],
  ["a schedule without fields", { triggers: [{ cron: "" }] }, /invalid triggers/],
  ["no entry point", { steps: {} }, /entry point/],
  ["-1 retries", { steps: { step: { ...step, retries: { attempts: -1 } } } }, /invalid steps/],
  ["half a retry", { steps: { step: { ...step, retries: { attempts: 0.5 } } } }, /invalid steps/],
  ["half a concurrency limit", { concurrency: { limit: 1.5 } }, /concurrency/],
  ["a concurrency of -1", { concurrency: -1 }, /concurrency/],
  ["an empty list of concurrency limits", { concurrency: [] }, /concurrency/],
  ["an unknown scope", { concurrency: { limit: 1, scope: "zone" } }, /concurrency/],
  ["half a rate limit", { rateLimit: { ...rate, limit: 1.5 } }, /rateLimit/],
  ["half a throttle", { throttle: { ...rate, limit: 1.5 } }, /throttle/],
  ["a throttle's burst below 0", { throttle: { ...rate, burst: -1 } }, /throttle/],
  ["a batch of 2.5", { batchEvents: { ...batch, maxSize: 2.5 } }, /batchEvents/],
  ["an unknown mode of a singleton", { singleton: { mode: "queue" } }, /singleton/],
  [
    "a cancelOn time-out of more than a year",
    { cancel: [{ event: "x", timeout: "366d1ms" }] },
    /cancelOn time-out of "366d1ms", outside/,
  ],
  ["an unknown field of a schedule", { triggers: [{ cron: "0 9 * * *", x: 1 }] }, /uses x/],
  ["an unknown field of a trigger", { triggers: [{ event: "e", x: 1 }] }, /uses x/],
  ["one of concurrency", { concurrency: { limit: 1, x: 1 } }, /uses x/],
  ["one of a step", { steps: { step: { ...step, x: 1 } } }, /uses x/],
  ["one of a runtime", { steps: { step: { ...step, runtime: { ...step.runtime, x: 1 } } } }, /uses x/],
  ["one of retries", { steps: { step: { ...step, retries: { x: 1 } } } }, /uses x/],
  ["one of a batch", { batchEvents: { ...batch, x: 1 } }, /uses x/],
  ["one of a rate limit", { rateLimit: { ...rate, x: 1 } }, /uses x/],
  ["one of a throttle", { throttle: { ...rate, x: 1 } }, /uses x/],
  ["one of a singleton", { singleton: { mode: "skip", x: 1 } }, /uses x/],
  ["one of cancelOn", { cancel: [{ event: "x", x: 1 }] }, /uses x/],
  ["one of a debounce", { debounce: { period: "5s", x: 1 } }, /uses x/],
  ["one of time-outs", { timeouts: { x: "5s" } }, /uses x/],
  ["one of a priority", { priority: { x: "1" } }, /uses x/],
];

/** Every period, and the longest that it may be. The shortest is a second. */
const periods: [what: string, fn: (period: string) => Record<string, unknown>, longest: string][] = [
  ["a batch time-out", (timeout) => ({ batchEvents: { maxSize: 2, timeout } }), "24h"],
  ["a rate limit period", (period) => ({ rateLimit: { limit: 1, period } }), "24h"],
  ["a throttle period", (period) => ({ throttle: { limit: 1, period } }), "7d"],
  ["a debounce period", (period) => ({ debounce: { period } }), "7d"],
  ["a debounce time-out", (timeout) => ({ debounce: { period: "5s", timeout } }), "7d"],
  ["a start time-out", (start) => ({ timeouts: { start } }), "366d"],
  ["a finish time-out", (finish) => ({ timeouts: { finish } }), "366d"],
];

for (const [what, fn, longest] of periods)
  for (const period of ["999ms", `${longest}1ms`])
    table.push([`${what} of ${period}`, fn(period), new RegExp(`${what} of "${period}", outside`)]);

const refused: Case[] = table.map(([what, fn, sentence]) => ({
  title: `a registration with ${what} is refused with a sentence`,
  only: "embedded",
  async verify({ api, tag }) {
    const response = await api("/fn/register", registration(`refused-${tag}`, fn));
    const body = (await response.json()) as { error: string };
    assert.equal(response.status, 400);
    assert.match(body.error, /^Function "refused-one" /);
    assert.match(body.error, sentence);
  },
}));

/** What an engine does not run is refused when it is registered, never ignored. */
export const refusalCases: Case[] = [
  ...refused,
  {
    title: "a registration at every limit is accepted",
    only: "embedded",
    async verify({ api, tag }) {
      const accepted: Record<string, unknown>[] = [
        { triggers: many(10, { event: "e" }), steps: { step: { ...step, retries: { attempts: 20 } } } },
        { triggers: [{ cron: "@daily" }, { cron: "CRON_TZ=Asia/Kolkata 30 9 * * 1-5", jitter: "24h" }] },
        { cancel: many(5, { event: "x", timeout: "366d" }), concurrency: many(2, { limit: 0 }) },
        { cancel: [{ event: "x", if: "has(async.data.x)", timeout: "2090-01-01T00:00:00Z" }] },
        { batchEvents: { maxSize: 1000, timeout: "24h" }, cancel: [], priority: {} },
        { concurrency: many(2, { limit: 1 }) },
        { concurrency: 0, throttle: { ...rate, burst: 0 } },
        ...periods.flatMap(([, fn, longest]) => [fn("1s"), fn(longest)]),
      ];
      for (const fn of accepted) {
        const response = await api("/fn/register", registration(`accepted-${tag}`, fn));
        assert.equal(response.status, 200, await response.text());
      }
      await api("/fn/register", registration(`accepted-${tag}`, { triggers: [] }));
    },
  },
  {
    title: "a period may be told in every unit, or in several",
    only: "embedded",
    async verify({ api, tag }) {
      const week = ["1w", "7d", "168h", "10080m", "604800s", "604800000ms", "6d23h59m59s1000ms", "0.5w3.5d"];
      const more = ["1w1ms", "8d", "169h", "10081m", "604801s", "604800001ms", "7d1s", "1 week", "-1d"];
      for (const [periods, status] of [
        [week, 200],
        [more, 400],
      ] as const)
        for (const period of periods) {
          const fn = { throttle: { limit: 1, period } };
          const response = await api("/fn/register", registration(`periods-${tag}`, fn));
          assert.equal(response.status, status, `${period}: ${await response.text()}`);
        }
    },
  },
  {
    title: "a registration without an address, a name or functions is refused",
    only: "embedded",
    async verify({ api, tag }) {
      const init = registration(`bad-${tag}`, {});
      const bad = [
        { url: undefined },
        { url: "nowhere" },
        { appName: undefined },
        { appName: "" },
        { functions: undefined },
        { functions: [{ ...JSON.parse(String(init.body)).functions[0], id: "" }] },
      ];
      for (const fields of bad) {
        const body = JSON.stringify({ ...JSON.parse(String(init.body)), ...fields });
        assert.equal((await api("/fn/register", { ...init, body })).status, 400, JSON.stringify(fields));
      }
    },
  },
];
