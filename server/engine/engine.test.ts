import { NonRetriableError, referenceFunction } from "inngest";
import { afterAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { startVirtualEngine } from "./testing/virtual-engine";

const day = 86_400_000;
const db = await testDatabase();
let notes: string[] = [];
const dailyAt: number[] = [];
beforeEach(() => {
  notes = [];
});

const engine = await startVirtualEngine(db.url, (client) => [
  client.createFunction({ id: "journey", triggers: [{ event: "test/journey" }] }, async ({ step }) => {
    for (let n = 1; n <= 12; n++) {
      await step.sleep(`week-${n}`, "7d");
      await step.run(`mail-${n}`, () => notes.push(`mail ${n}`));
    }
  }),
  client.createFunction(
    { id: "breaks", retries: 4, triggers: [{ event: "test/breaks" }] },
    async ({ step, attempt }) => {
      await step.run("fine", () => notes.push("fine"));
      await step.run("bad", () => {
        notes.push(`bad ${attempt}`);
        if (!notes.includes("mended")) throw new Error("broken");
        return "whole";
      });
      return "done";
    },
  ),
  client.createFunction({ id: "daily", triggers: [{ cron: "TZ=Asia/Kolkata 30 9 * * *" }] }, async () => {
    notes.push("daily");
    dailyAt.push(await engine.now());
  }),
  client.createFunction(
    { id: "once", idempotency: "event.data.key", triggers: [{ event: "test/once" }] },
    async ({ event }) => notes.push(`once ${event.data.key}`),
  ),
  client.createFunction({ id: "heard", triggers: [{ event: "test/heard" }] }, async ({ event }) =>
    notes.push(`heard ${event.id}`),
  ),
  client.createFunction({ id: "child", retries: 0, triggers: [{ event: "test/child" }] }, async () => {
    notes.push("child");
    if (!notes.includes("mended")) throw new NonRetriableError("broken");
    return "whole";
  }),
  client.createFunction(
    { id: "caller", retries: 0, triggers: [{ event: "test/caller" }] },
    async ({ step }) => step.invoke("it", { function: referenceFunction({ functionId: "child" }), data: {} }),
  ),
  client.createFunction({ id: "large", retries: 0, triggers: [{ event: "test/large" }] }, async ({ step }) =>
    step.run("big", () => "x".repeat(70_000)),
  ),
]);
afterAll(() => engine.stop());

const runOf = async (eventId: string) => {
  const [row] = await db.owner<{ id: string; state: string; error: string | null }[]>`
    select id, state, error from engine.run where event_id = ${eventId}`;
  return row ?? { id: "", state: "none", error: null };
};
const send = async (name: string, data: Record<string, unknown> = {}): Promise<string> => {
  const { ids } = await engine.client.send({ name, data });
  return ids[0] ?? "";
};
const ask = async (path: string, method = "GET") => {
  const response = await fetch(`${engine.url}${path}`, { method });
  return { status: response.status, body: await response.json() };
};

test("ninety virtual days of a weekly journey and a daily schedule pass in order", {
  timeout: 120_000,
}, async () => {
  const id = await send("test/journey");
  await engine.pass(90 * day);
  expect((await runOf(id)).state).toBe("completed");
  expect(notes.filter((note) => note.startsWith("mail"))).toEqual(
    Array.from({ length: 12 }, (_, n) => `mail ${n + 1}`),
  );
  const daily = notes.filter((note) => note === "daily").length;
  expect(daily).toBe(90);
  // Half past nine in Kolkata is four o'clock in UTC.
  const clocks = new Set(dailyAt.map((ms) => new Date(ms).toISOString().slice(11, 16)));
  expect([...clocks]).toEqual(["04:00"]);
});

test("an ordinary error is retried with back-off until the attempts are used up, then the run fails", {
  timeout: 120_000,
}, async () => {
  const id = await send("test/breaks");
  await engine.pass(day / 2);
  expect(notes.filter((note) => note !== "daily")).toEqual([
    "fine",
    "bad 0",
    "bad 1",
    "bad 2",
    "bad 3",
    "bad 4",
  ]);
  expect(await runOf(id)).toMatchObject({ state: "failed" });
});

test("a failed run goes on behind its last finished step when it is retried", {
  timeout: 120_000,
}, async () => {
  const id = await send("test/breaks");
  await engine.pass(day / 2);
  const run = await runOf(id);
  notes = ["mended"];
  expect((await ask(`/engine/runs/${run.id}/retry`, "POST")).status).toBe(200);
  await engine.settle();
  expect(await runOf(id)).toMatchObject({ state: "completed", error: null });
  expect(notes).toEqual(["mended", "bad 0"]);
  for (const act of ["retry", "cancel"])
    expect((await ask(`/engine/runs/${run.id}/${act}`, "POST")).status).toBe(409);
});

test("a failed run invokes again what failed when it is retried", async () => {
  const id = await send("test/caller");
  await engine.settle();
  const run = await runOf(id);
  expect(run.state).toBe("failed");
  notes = ["mended"];
  expect((await ask(`/engine/runs/${run.id}/retry`, "POST")).status).toBe(200);
  await engine.settle();
  expect(await runOf(id)).toMatchObject({ state: "completed", error: null });
  expect(notes).toEqual(["mended", "child"]);
});

test("an event id and an idempotency key act once in 24 hours, and again after them", {
  timeout: 120_000,
}, async () => {
  const both = async () => {
    await engine.client.send({ name: "test/heard", id: "same", data: {} });
    await send("test/once", { key: "k" });
    await engine.settle();
  };
  for (const hours of [23, 2]) {
    await both();
    await both();
    await engine.pass((hours * day) / 24);
  }
  await both();
  const own = notes.filter((note) => note !== "daily").sort();
  expect(own).toEqual(["heard same", "heard same", "once k", "once k"]);
});

test("a clock that goes back holds nothing up and fires no slot twice", { timeout: 120_000 }, async () => {
  await engine.pass(2 * day);
  notes = [];
  const now = await engine.now();
  const to = now - 10 * day;
  await fetch(`${engine.url}/test/clock`, { method: "POST", body: JSON.stringify({ to }) });
  const id = await send("test/journey");
  onTestFinished(async () => void (await ask(`/engine/runs/${(await runOf(id)).id}/cancel`, "POST")));
  await engine.pass(8 * day);
  expect(notes).toContain("mail 1");
  expect(notes.filter((note) => note === "daily").length).toBe(8);
});

test("a clock that jumps ahead starts a schedule once, however many slots were missed", async () => {
  await engine.settle();
  notes = [];
  const to = (await engine.now()) + 30 * day;
  await fetch(`${engine.url}/test/clock`, { method: "POST", body: JSON.stringify({ to }) });
  await engine.settle();
  expect(notes).toEqual(["daily"]);
});

test("a result above 64 kB fails where functions are tested", async () => {
  const id = await send("test/large");
  await engine.settle();
  const run = await runOf(id);
  expect(run.state).toBe("failed");
  expect(run.error).toContain("64 kB");
});

test("the inspector finds runs by a value of their event, pages through them and shows steps and waits", async () => {
  const ids = [];
  for (let n = 0; n < 5; n++)
    ids.push(await send("test/journey", { customer: "c-42", nested: { campaign: `k-${n}` } }));
  await engine.settle();
  const first = await ask("/engine/runs?search=c-42&limit=3");
  expect(first.body.runs).toHaveLength(3);
  const second = await ask(`/engine/runs?search=c-42&limit=3&after=${first.body.next}`);
  expect(second.body.runs).toHaveLength(2);
  expect(second.body.next).toBeNull();
  const one = await ask("/engine/runs?search=k-3&state=waiting");
  expect(one.body.runs).toHaveLength(1);
  const detail = await ask(`/engine/runs/${one.body.runs[0].id}`);
  expect(detail.body.steps).toMatchObject([{ name: "week-1", op: "Sleep", state: "pending" }]);
  expect(detail.body.sleeps[0].until).toBeGreaterThan(await engine.now());
  const { body } = await ask("/engine/functions");
  expect(body.functions.find((fn: { id: string }) => fn.id === "ringback-journey").counts.waiting).toBe(5);
  for (const run of [...first.body.runs, ...second.body.runs])
    await ask(`/engine/runs/${run.id}/cancel`, "POST");
  expect((await ask(`/engine/runs/${one.body.runs[0].id}`)).body.run.state).toBe("cancelled");
});
