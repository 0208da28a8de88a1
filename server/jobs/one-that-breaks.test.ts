import { referenceFunction } from "inngest";
import { afterAll, expect, test } from "vitest";
import { breakWorkspace, deadlockOnce } from "@/db/testing/break-workspace";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { setRenewalSummary } from "@/server/analytics/renewal-summary";
import { startVirtualEngine } from "@/server/engine/testing/virtual-engine";
import { createSegment } from "@/server/segments/create";
import { inngest } from "./client";
import { functions } from "./functions";
import { tracked } from "./testing/arrange";

const db = await testDatabase();
const call = inngest.createFunction({ id: "call", triggers: [{ event: "test/call" }] }, ({ event, step }) =>
  step.invoke("it", { function: referenceFunction({ functionId: event.data.id }), data: {} }),
);
const engine = await startVirtualEngine(db.url, (_client, url) => {
  inngest.setEnvVars({ INNGEST_DEV: url });
  return [...functions, call];
});
afterAll(() => engine.stop());
await db.owner`delete from engine.cron`;

type Admin = Awaited<ReturnType<typeof makeMember>>;
/** What stands in the way of the first workspace, and what shows that a workspace had its turn. */
type Case = {
  broken: Parameters<typeof breakWorkspace>[2];
  arrange?: (admin: Admin) => Promise<unknown>;
  had: (workspaceId: string) => Promise<boolean>;
};
/** Noon of the workspace's own clock, whatever the hour is here. */
const makeNoon = ({ workspaceId }: Admin) => db.owner`
  update workspaces set time_zone = (
    select name from pg_timezone_names where name like 'Etc/GMT%'
      and extract(hour from clock_now() at time zone name) = 12 limit 1) where id = ${workspaceId}`;
const any = (rows: readonly unknown[]) => rows.length > 0;

const cases: Record<string, Case> = {
  "policies-roll": {
    broken: { table: "workspaces", on: "update", key: "id" },
    had: async (id) =>
      any(await db.owner`select 1 from workspaces where id = ${id} and policies_rolled_on is not null`),
  },
  "engagement-decay": {
    broken: { table: "engagement_days", on: "insert" },
    had: async (id) => any(await db.owner`select 1 from engagement_days where workspace_id = ${id}`),
  },
  "segments-roll": {
    broken: { table: "segments", on: "update" },
    arrange: tracked,
    had: async (id) =>
      any(await db.owner`select 1 from segments where workspace_id = ${id} and rolled_on is not null`),
  },
  "renewals-summary": {
    broken: { table: "renewal_summaries", on: "update" },
    arrange: async (admin) => {
      await setRenewalSummary(admin, { mailed: true });
      await makeNoon(admin);
    },
    had: async (id) =>
      any(await db.owner`select 1 from renewal_summaries where workspace_id = ${id} and told_on is not null`),
  },
};

/** Two workspaces with what the case needs; the first has its turn first. */
async function workspaces({ arrange }: Case): Promise<[string, string]> {
  const make = async () => {
    const admin = await makeMember(db.owner, await makeWorkspace(db.owner));
    await makeCustomers(db.owner, admin.workspaceId, 2);
    await arrange?.(admin);
    return admin.workspaceId;
  };
  return [await make(), await make()];
}

/** Runs a function and tells how its run ended. */
async function run(id: string): Promise<string | undefined> {
  await engine.client.send({ name: "test/call", data: { id } });
  await engine.settle();
  return stateOf(id);
}

async function stateOf(id: string): Promise<string | undefined> {
  const [row] = await db.owner<{ state: string }[]>`
    select state from engine.run where function_id like ${`%${id}`} order by id desc limit 1`;
  return row?.state;
}

test.each(Object.entries(cases))(
  "%s: a workspace for which it breaks for good keeps no other from its turn, and is tried again",
  async (id, each) => {
    const [first, other] = await workspaces(each);
    const mend = await breakWorkspace(db.owner, first, each.broken);
    expect(await run(id)).toBe("failed");
    expect([await each.had(first), await each.had(other)]).toEqual([false, true]);
    await mend();
    expect(await run(id)).toBe("completed");
    expect(await each.had(first)).toBe(true);
  },
);

test.each(Object.entries(cases))("%s: what passes is tried again within the same run", async (id, each) => {
  const [first] = await workspaces(each);
  await deadlockOnce(db.owner, first, each.broken);
  expect(await run(id)).toBe("running");
  await engine.pass(600_000);
  expect(await stateOf(id)).toBe("completed");
  expect(await each.had(first)).toBe(true);
});

test("a segment that breaks has no workspace's scores done again: its audit mends it", async () => {
  const admin = await makeMember(db.owner, await makeWorkspace(db.owner));
  const { workspaceId } = admin;
  await makeCustomers(db.owner, workspaceId, 2);
  await makeNoon(admin);
  const { id } = await createSegment(admin, {
    name: "Everybody",
    description: "",
    tracked: true,
    rule: { match: "all", of: [{ on: "customer", field: "engagement_score", op: "gte", value: 0 }] },
  });
  await db.owner`update segments set rolled_on = day, audited_on = day
    from (select (clock_now() at time zone time_zone)::date as day from workspaces where id = ${workspaceId}) local
    where id = ${id}`;
  const mend = await breakWorkspace(db.owner, workspaceId, { table: "segment_members", on: "insert" });
  expect(await run("engagement-decay")).toBe("failed");
  expect(any(await db.owner`select 1 from engagement_days where workspace_id = ${workspaceId}`)).toBe(true);
  expect(await run("segments-roll")).toBe("failed");
  await mend();
  expect(await run("segments-roll")).toBe("completed");
  expect(await db.owner`select from segment_members where segment_id = ${id}`).toHaveLength(2);
});
