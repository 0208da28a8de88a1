import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { createKey } from "@/server/api-keys";
import { muteCommits } from "./testing/mute-commits";
import { type IntakeProcess, startIntakeProcess } from "./testing/process";

const db = await testDatabase();
let key: string;

beforeAll(async () => {
  const admin = await makeMember(db.owner, await makeWorkspace(db.owner));
  await makeCustomers(db.owner, admin.workspaceId, [{ externalId: "C1" }]);
  ({ key } = await createKey(admin, { name: "CRM", scopes: ["events:write"] }));
});

const started: IntakeProcess[] = [];
afterAll(() => Promise.all(started.map((intake) => intake.stop("SIGKILL"))));
async function start(databaseUrl = db.url): Promise<IntakeProcess> {
  const intake = await startIntakeProcess({
    DATABASE_URL: databaseUrl,
    RINGBACK_SECRET: env.RINGBACK_SECRET,
  });
  started.push(intake);
  return intake;
}

/** Sends events of one customer. Rejects when there is no answer. */
async function send(to: string, ids: string[]) {
  const answer = await fetch(`${to}/api/v1/events`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({
      events: ids.map((id) => ({ id, name: "inquiry", customer: { external_id: "C1" } })),
    }),
  });
  return { status: answer.status, body: await answer.json() };
}

/** Rows whose ids begin so, and how many of the customer's events the roll-up counts. */
async function kept(prefix: string): Promise<{ ids: string[]; counted: number }> {
  const rows = await db.owner<{ id: string }[]>`
    select source_id as id from customer_events where starts_with(source_id, ${prefix}) order by id`;
  const [stats] = await db.owner<
    { n: number }[]
  >`select coalesce(sum(count), 0)::int as n from customer_event_stats`;
  return { ids: rows.map(({ id }) => id), counted: stats?.n ?? 0 };
}

test("killed between the commit and the answer: nobody was told, and the repeat stores nothing twice", async () => {
  const database = await muteCommits(db.url);
  const first = await start(database.url);
  const ids = Array.from({ length: 30 }, (_, n) => `held-${n}`);
  const told = send(first.url, ids).then(
    () => true,
    () => false,
  );
  await expect.poll(async () => (await kept("held-")).ids.length, { timeout: 30_000 }).toBe(30);
  await first.stop("SIGKILL");
  expect(await told).toBe(false);
  database.stop();

  const second = await start();
  const before = await kept("held-");
  const { status, body } = await send(second.url, ids);
  expect({ status, data: body.data }).toMatchObject({
    status: 202,
    data: { stored: 0, duplicates: 30, refused: 0 },
  });
  expect(await kept("held-")).toEqual(before);
  expect(before.counted).toBe(30);
  await second.stop();
}, 60_000);

test("killed in the middle of many batches: what was answered is stored, and after the repeat everything is, once", async () => {
  const first = await start();
  const before = await kept("kill-");
  const sent: string[][] = [];
  const answered: string[] = [];
  const lane = async (name: string): Promise<void> => {
    for (let n = 0; ; n++) {
      const ids = Array.from({ length: 20 }, (_, k) => `kill-${name}-${n}-${k}`);
      sent.push(ids);
      try {
        if ((await send(first.url, ids)).status === 202) answered.push(...ids);
      } catch {
        return; // killed: nobody was told
      }
      if (answered.length > 400) void first.stop("SIGKILL");
    }
  };
  await Promise.all(["a", "b", "c", "d"].map(lane));
  const stored = new Set((await kept("kill-")).ids);
  expect(answered.filter((id) => !stored.has(id))).toEqual([]);
  expect(sent.flat().length).toBeGreaterThan(answered.length);

  const second = await start();
  const again = await Promise.all(sent.map((ids) => send(second.url, ids)));
  expect(again.map(({ status }) => status)).toEqual(sent.map(() => 202));
  const { ids, counted } = await kept("kill-");
  expect(ids.toSorted()).toEqual(sent.flat().toSorted());
  expect(counted - before.counted).toBe(ids.length);
  await second.stop();
}, 60_000);
