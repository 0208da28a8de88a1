import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { closeDatabase } from "@/db/client";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { freezeRun } from "@/server/deliveries/freeze-run";
import { grantConsent, makeLaunchedCampaign } from "@/server/deliveries/testing/campaign";
import { startVirtualEngine } from "@/server/engine/testing/virtual-engine";
import { newId } from "@/server/platform/ids";
import { beat, endBeating } from "./beat";
import { getOperationsOverview } from "./get-overview";
import { installationMetrics } from "./metrics";
import { readiness } from "./ready";

const db = await testDatabase();
const engine = await startVirtualEngine(db.url, () => []);
vi.stubEnv("INNGEST_DEV", engine.url);
env.INNGEST_BASE_URL = engine.url;
afterAll(() => engine.stop());

const admin = await makeMember(db.owner, await makeWorkspace(db.owner));
const { workspaceId } = admin;

/** Every process has just said that it lives. */
beforeEach(async () => {
  for (const process of ["worker", "relay", "web"] as const) await beat(process);
});

const silence = (process: string) =>
  db.owner`update heartbeats set beat_at = clock_now() - interval '40 seconds' where process = ${process}`;

/** What the screen says, without the disk of the machine that tests run on. */
async function titles(): Promise<string[]> {
  const { findings } = await getOperationsOverview(admin);
  for (const { title, advice } of findings) {
    expect(title).toMatch(/\.$/);
    expect(advice.length).toBeGreaterThan(20);
  }
  return findings.map(({ title }) => title).filter((title) => !title.includes("on the disk"));
}

test("nothing is said while everything works, and it is ready", async () => {
  expect(await titles()).toEqual([]);
  const { ready, parts } = await readiness();
  expect(parts).toMatchObject({ database: { ready: true }, engine: { ready: true, words: "It answers." } });
  expect(ready).toBe(true);
});

test("an intake is named when it falls silent, and not where none was started or it was stopped in order", async () => {
  await beat("intake");
  expect(await titles()).toEqual([]);
  await silence("intake");
  expect(await titles()).toEqual(["The event intake has been silent for 40 s."]);
  expect((await readiness()).ready).toBe(true);
  await endBeating("intake");
  expect(await titles()).toEqual([]);
});

test.each([
  ["worker", "The worker has been silent for 40 s."],
  ["relay", "The event relay has been silent for 40 s."],
  ["web", "No web process has reported for 40 s."],
])("a silent %s is named", async (process, sentence) => {
  await silence(process);
  expect(await titles()).toEqual([sentence]);
  const { ready } = await readiness();
  // The web process answers the question itself.
  expect(ready).toBe(process === "web");
});

test("a worker that ends is missed, and its last words are its heartbeat", async () => {
  await db.owner`delete from heartbeats where process in ('worker', 'relay')`;
  const { startWorker } = await import("@/server/worker/worker");
  const worker = await startWorker({ port: 0 });
  await expect.poll(async () => titles()).toEqual([]);
  const figures = await (await fetch(`http://127.0.0.1:${worker.port}/metrics`)).text();
  expect(figures).toContain("# TYPE ringback_messages_total counter");
  await expect.poll(installationMetrics).toContain("ringback_workers 1\n");
  await worker.stop();
  expect(await installationMetrics()).toContain("ringback_workers 0\n");
  await db.moveClock("1 minute");
  await beat("web");
  expect((await titles())[0]).toMatch(/^The worker has been silent for 1 min/);
  await db.moveClock("0");
});

test("an engine that is away is told from one that the operator runs elsewhere", async () => {
  env.INNGEST_BASE_URL = "http://127.0.0.1:1";
  expect(await titles()).toEqual(["The workflow engine does not answer."]);
  expect((await readiness()).parts.engine).toEqual({ ready: false, words: "It does not answer." });
  env.INNGEST_BASE_URL = undefined;
  expect(await titles()).toEqual([]);
  expect((await readiness()).ready).toBe(true);
  env.INNGEST_BASE_URL = engine.url;
});

test("a database that is older or newer than the program is told", async () => {
  const move = (ms: number) =>
    db.owner`update drizzle.__drizzle_migrations set created_at = created_at + ${ms}
      where id = (select max(id) from drizzle.__drizzle_migrations)`;
  await move(60_000);
  expect(await titles()).toEqual(["The database is newer than this program."]);
  expect((await readiness()).ready).toBe(true);
  await move(-120_000);
  expect(await titles()).toEqual(["The database is older than this program."]);
  expect((await readiness()).parts.migrations.ready).toBe(false);
  await move(60_000);
});

test("a database that does not answer is told, and not taken for an error", async () => {
  await closeDatabase();
  env.DATABASE_URL = "postgres://nobody@127.0.0.1:1/none";
  const { ready, parts } = await readiness();
  expect(ready).toBe(false);
  expect(parts.database).toEqual({ ready: false, words: "It does not answer." });
  expect(parts.engine.ready).toBe(true);
  expect(await installationMetrics()).toContain('ringback_up{part="database"} 0');
  await closeDatabase();
  env.DATABASE_URL = db.url;
});

describe("a queue that nobody works on", () => {
  const aged = async () => {
    await makeCustomers(db.owner, workspaceId, [{}, {}]);
    await grantConsent(db.owner, workspaceId);
    const campaign = await makeLaunchedCampaign(db.owner, workspaceId);
    await freezeRun(admin, campaign);
    await db.owner`update execution_batches set sealed_at = clock_now() - interval '5 minutes'`;
  };

  test("is told with its number and age, unless something else explains it", async () => {
    await aged();
    expect(await titles()).toEqual(["2 messages have waited for 5 min, and no worker sends them."]);
    const text = await installationMetrics();
    expect(text).toContain('ringback_executions{state="pending"} 2');
    expect(text).toMatch(/ringback_executions_oldest_pending_seconds 30\d/);

    await db.owner`update execution_batches set lease_until = clock_now() + interval '1 minute', lease_owner = 'x'`;
    expect(await titles()).toEqual([]);
    await db.owner`update execution_batches set lease_until = null, lease_owner = null`;

    await db.owner`update workspaces set sending_stopped_at = clock_now() where id = ${workspaceId}`;
    expect(await titles()).toEqual(["Sending is stopped in this workspace."]);
    await db.owner`update workspaces set sending_stopped_at = null where id = ${workspaceId}`;
  });

  test("of another workspace is that one's own affair", async () => {
    const stranger = await makeMember(db.owner, await makeWorkspace(db.owner));
    const { findings, workspace } = await getOperationsOverview(stranger);
    expect(findings.filter(({ title }) => title.includes("messages"))).toEqual([]);
    expect(workspace.pending).toBe(0);
  });
});

test("what providers refuse, and accounts that wait, are told by name", async () => {
  await db.owner`delete from execution_batches`;
  const account = newId();
  await db.owner`
    insert into channel_accounts (id, workspace_id, channel, provider, name)
    values (${account}, ${workspaceId}, 'sms', 'msg91', 'Main SMS')`;
  await db.owner`
    insert into account_counts (account_id, bucket, workspace_id, sent, failed)
    values (${account}, clock_now(), ${workspaceId}, 70, 30)`;
  expect(await titles()).toEqual(["“Main SMS” refused 30 of 100 messages in the last half hour."]);
  await db.owner`delete from account_counts`;
  await db.owner`
    insert into channel_buckets (account_id, workspace_id, blocked_until)
    values (${account}, ${workspaceId}, clock_now() + interval '30 minutes')`;
  expect((await titles())[0]).toMatch(/^“Main SMS” asked to slow down; nothing goes for (29|30) min/);
  await db.owner`delete from channel_buckets`;
  await db.owner`update channel_accounts set status = 'paused', trouble = 'The key was refused.' where id = ${account}`;
  expect(await titles()).toEqual(["“Main SMS” is paused."]);
});

test("only administrators look", async () => {
  const marketer = await makeMember(db.owner, workspaceId, "marketer");
  await expect(getOperationsOverview(marketer)).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("latencies of HTTP answers are counted by door, never by path, and streams are left out", async () => {
  const http = await import("node:http");
  const { observeHttp } = await import("@/server/platform/observe-http");
  const { renderMetrics } = await import("@/server/platform/metrics");
  observeHttp("web");
  const server = http.createServer((request, response) => {
    const type = request.url?.includes("stream") ? "text/event-stream" : "text/plain";
    response.setHeader("content-type", type);
    response.writeHead(request.url?.includes("bad") ? 500 : 200).end("x");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  for (const path of ["/t/o/secret-id", "/api/v1/bad", "/api/trpc/stream"])
    await (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  await expect.poll(() => renderMetrics([])).toContain('door="rest",status="5xx"');
  await pause(0);
  const text = renderMetrics([]);
  expect(text).toMatch(/ringback_http_request_seconds_count\{process="\w+",door="tracking",status="2xx"\} 1/);
  expect(text).not.toContain("secret-id");
  expect(text).not.toContain('door="trpc"');
  server.close();
});
