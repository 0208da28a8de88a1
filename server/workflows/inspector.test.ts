import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { newId } from "@/server/platform/ids";
import { cancelRun } from "./cancel-run";
import { getWorkflowOverview } from "./get-overview";
import { getRun } from "./get-run";
import { listRuns } from "./list-runs";
import { retryRun } from "./retry-run";
import { type RunListQuery, runListInput } from "./schemas";
import { inspectedEngine, key } from "./testing/inspected-engine";

const db = await testDatabase();
const { engine, state } = await inspectedEngine(db);

let admin: Awaited<ReturnType<typeof makeMember>>;
let stranger: Awaited<ReturnType<typeof makeMember>>;
let campaignId: string;

beforeAll(async () => {
  admin = await makeMember(db.owner, await makeWorkspace(db.owner), "admin");
  stranger = await makeMember(db.owner, await makeWorkspace(db.owner), "admin");
  campaignId = newId();
  await db.owner`
    insert into campaigns (id, workspace_id, name, type, goal, category, owner_id)
    values (${campaignId}, ${admin.workspaceId}, 'Diwali greetings', 'retention', 'engagement', 'festival', ${admin.userId})`;
});

const start = async (name: string, data: Record<string, unknown>, ctx = admin): Promise<void> => {
  await engine.client.send({ name, data: { ...data, workspaceId: ctx.workspaceId } });
  await engine.settle();
};
const list = (query: Partial<RunListQuery> = {}, ctx = admin) => listRuns(ctx, runListInput.parse(query));
const latest = async (query: Partial<RunListQuery>) =>
  (await list(query)).rows[0] ?? expect.fail("no such run");
const pass = (ms: number) => engine.pass(ms, async (now) => db.moveClock(`${now - Date.now()} milliseconds`));
const day = 86_400_000;

describe("the list", () => {
  test("holds the workspace's runs, newest first, and pages through them both ways without a gap", async () => {
    for (let n = 0; n < 52; n++)
      await engine.client.send({
        name: "test/journey",
        data: { customerId: newId(), workspaceId: admin.workspaceId },
      });
    await start("test/journey", { customerId: newId() }, stranger);
    const first = await list();
    expect([first.rows.length, first.previous]).toEqual([50, null]);
    const second = await list({ after: first.next });
    expect([second.rows.length, second.next]).toEqual([2, null]);
    const ids = [...first.rows, ...second.rows].map(({ id }) => id);
    expect(new Set(ids).size).toBe(52);
    const times = [...first.rows, ...second.rows].map(({ createdAt }) => createdAt.getTime());
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    const back = await list({ before: second.previous });
    expect([back.rows.map(({ id }) => id), back.previous]).toEqual([ids.slice(0, 50), null]);
    expect((await list({}, stranger)).rows).toHaveLength(1);
  });

  test("is filtered by function, state and period, together", async () => {
    await start("test/breaks", { importId: newId() });
    await pass(day / 2);
    const count = async (query: Partial<RunListQuery>) => (await list(query)).rows.length;
    expect(await count({ functions: ["ringback-breaks"] })).toBe(1);
    expect(await count({ functions: ["ringback-breaks"], states: ["completed"] })).toBe(0);
    expect(await count({ functions: ["ringback-breaks"], states: ["completed", "failed"] })).toBe(1);
    expect(await count({ functions: ["ringback-journey"], states: ["running"] })).toBe(0);
    expect(
      await count({ functions: ["ringback-journey", "ringback-breaks"], states: ["waiting", "failed"] }),
    ).toBe(50);
    expect(await count({ functions: ["ringback-breaks"], hours: "24" })).toBe(1);
    expect(await count({ functions: ["ringback-breaks"], hours: "1" })).toBe(0);
  });

  test("is searched by an id or a number in the event, and by the name of what the id stands for", async () => {
    await start("test/journey", { campaignId, runNumber: 4711 });
    const subject = { kind: "campaign", id: campaignId, name: "Diwali greetings" };
    for (const search of [campaignId, "4711", "diwali"])
      expect((await list({ search })).rows).toMatchObject([{ subject }]);
    expect((await list({ search: campaignId }, stranger)).rows).toEqual([]);
    expect((await list({ search: "holi" })).rows).toEqual([]);
  });

  test("a run about the failure of another is found by that one's event", async () => {
    const importId = newId();
    await start("test/breaks", { importId });
    await pass(day / 2);
    const { rows } = await list({ search: importId });
    expect(rows.map(({ functionId, state }) => [functionId, state])).toEqual([
      ["ringback-breaks-failure", "completed"],
      ["ringback-breaks", "failed"],
    ]);
    expect(rows.map(({ subject }) => subject)).toEqual([
      { kind: "import", id: importId, name: null },
      { kind: "import", id: importId, name: null },
    ]);
  });
});

describe("one run", () => {
  test("shows its event, its steps in order with results and attempts, and the error that ended it", async () => {
    const importId = newId();
    await start("test/breaks", { importId });
    const { id } = await latest({ search: importId });
    const between = await getRun(admin, { runId: id });
    expect(between.calls).toMatchObject([
      { attempt: 1, maxAttempts: 2, error: { message: "The mail server refused." } },
    ]);
    await pass(day / 2);
    const detail = await getRun(admin, { runId: id });
    expect(detail.events).toMatchObject([{ name: "test/breaks", data: { importId } }]);
    expect(detail.steps).toMatchObject([
      { name: "count", state: "done", attempts: 1, output: { rows: 1 }, error: null },
      {
        name: "send",
        state: "failed",
        attempts: 2,
        output: null,
        error: { message: "The mail server refused." },
      },
    ]);
    expect(detail.run).toMatchObject({ state: "failed", error: { message: "The mail server refused." } });
    expect(detail.run.endedAt?.getTime()).toBeGreaterThan(detail.run.startedAt?.getTime() ?? Number.NaN);
  });

  test("says until when it sleeps, and for which event it waits", async () => {
    const customerId = newId();
    await start("test/journey", { customerId });
    const { id, state, createdAt } = await latest({ search: customerId });
    expect(state).toBe("waiting");
    const asleep = await getRun(admin, { runId: id });
    expect(asleep.sleeps[0]?.until.getTime()).toBeGreaterThanOrEqual(createdAt.getTime() + 7 * day);
    await pass(8 * day);
    const waiting = await getRun(admin, { runId: id });
    expect(waiting.run.state).toBe("waiting");
    expect(waiting.waits).toMatchObject([{ kind: "wait", eventName: "test/answered" }]);
    expect(waiting.steps.map(({ name, state }) => [name, state])).toEqual([
      ["a-week", "done"],
      ["answer", "pending"],
    ]);
  });

  test("of another workspace answers like one that does not exist, also to a retry and a cancel", async () => {
    const customerId = newId();
    await start("test/journey", { customerId }, stranger);
    const [foreign] = (await list({ search: customerId }, stranger)).rows;
    const missing = { code: "NOT_FOUND", message: expect.stringContaining("does not exist") };
    for (const runId of [foreign?.id ?? "", "01UNKNOWN"])
      for (const verb of [getRun, retryRun, cancelRun])
        await expect(verb(admin, { runId })).rejects.toMatchObject(missing);
    expect((await getRun(stranger, { runId: foreign?.id ?? "" })).run.state).toBe("waiting");
  });

  test("is not shown when it only mentions the workspace, or belongs to none", async () => {
    const customerId = newId();
    await engine.client.send({ name: "test/journey", data: { customerId, other: admin.workspaceId } });
    await engine.client.send({
      name: "test/journey",
      data: { customerId, other: admin.workspaceId, workspaceId: stranger.workspaceId },
    });
    await engine.settle();
    expect((await list({ search: customerId })).rows).toEqual([]);
  });
});

describe("acts", () => {
  const audited = async (runId: string) =>
    (await db.owner`select action, actor_id, after from audit_entries where subject_id = ${runId}`).map(
      (row) => row,
    );

  test("a retry lets a failed run go on behind what succeeded, and is audited", async () => {
    const importId = newId();
    await start("test/breaks", { importId });
    await pass(day / 2);
    const { id } = await latest({ search: importId, states: ["failed"] });
    state.mended = true;
    await retryRun(admin, { runId: id });
    await engine.settle();
    expect((await getRun(admin, { runId: id })).run).toMatchObject({ state: "completed", error: null });
    expect(state.notes).toEqual(["counted", "told", "sent"]);
    expect(await audited(id)).toEqual([
      {
        action: "workflow_run.retry_requested",
        actor_id: admin.userId,
        after: { function: "ringback-breaks", event: "test/breaks", state: "failed" },
      },
    ]);
    await expect(retryRun(admin, { runId: id })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await audited(id)).toHaveLength(1);
  });

  test("a cancel ends a sleeping run, and is audited", async () => {
    const customerId = newId();
    await start("test/journey", { customerId });
    const { id } = await latest({ search: customerId });
    await cancelRun(admin, { runId: id });
    expect((await getRun(admin, { runId: id })).run.state).toBe("cancelled");
    expect(await audited(id)).toMatchObject([{ action: "workflow_run.cancel_requested" }]);
    await expect(cancelRun(admin, { runId: id })).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

describe("the engine", () => {
  test("ours shows its functions with the counts of this workspace only", async () => {
    const lonely = await makeMember(db.owner, await makeWorkspace(db.owner), "admin");
    await start("test/journey", { customerId: newId() }, lonely);
    const overview = await getWorkflowOverview(lonely);
    if (overview.engine !== "embedded") return expect.fail(overview.engine);
    const counts = { queued: 0, running: 0, waiting: 1, failed: 0, cancelled: 0 };
    expect(overview.functions.find(({ id }) => id === "ringback-journey")).toMatchObject({
      name: "journey",
      counts,
    });
    expect(overview.functions.find(({ id }) => id === "ringback-breaks")?.counts).toEqual({
      ...counts,
      waiting: 0,
    });
  });

  test("is spoken to with the signing key, or the one before it while the key changes", async () => {
    env.INNGEST_SIGNING_KEY = `signkey-test-${"cd".repeat(16)}`;
    expect(await getWorkflowOverview(admin)).toMatchObject({
      engine: "unreachable",
      message: expect.stringContaining("INNGEST_SIGNING_KEY"),
    });
    env.INNGEST_SIGNING_KEY_FALLBACK = key;
    expect(await getWorkflowOverview(admin)).toMatchObject({ engine: "embedded" });
  });

  test("that is away is said to be away", async () => {
    env.INNGEST_BASE_URL = "http://127.0.0.1:1";
    expect(await getWorkflowOverview(admin)).toMatchObject({ engine: "unreachable" });
    await expect(list()).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  test("of somebody else leads to its own console", async () => {
    env.INNGEST_BASE_URL = undefined;
    expect(await getWorkflowOverview(admin)).toEqual({
      engine: "external",
      consoleUrl: "https://app.inngest.com",
    });
    for (const [status, body] of [
      [404, "404 page not found"],
      [200, "<!doctype html><title>Inngest</title>"],
    ] as const) {
      const other = createServer((_, response) => void response.writeHead(status).end(body));
      await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
      const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
      env.INNGEST_BASE_URL = url;
      expect(await getWorkflowOverview(admin)).toEqual({ engine: "external", consoleUrl: url });
      await expect(list()).rejects.toMatchObject({ code: "UNSUPPORTED" });
      await new Promise((resolve) => other.close(resolve));
    }
  });
});
