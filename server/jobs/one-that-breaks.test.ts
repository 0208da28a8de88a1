import { referenceFunction } from "inngest";
import { afterAll, expect, test } from "vitest";
import { breakWorkspace } from "@/db/testing/break-workspace";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { setRenewalSummary } from "@/server/analytics/renewal-summary";
import { startVirtualEngine } from "@/server/engine/testing/virtual-engine";
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
    // Noon of the workspace's own clock, whatever the hour is here.
    arrange: async (admin) => {
      await setRenewalSummary(admin, { mailed: true });
      await db.owner`update workspaces set time_zone = (
        select name from pg_timezone_names where name like 'Etc/GMT%'
          and extract(hour from clock_now() at time zone name) = 12 limit 1) where id = ${admin.workspaceId}`;
    },
    had: async (id) =>
      any(await db.owner`select 1 from renewal_summaries where workspace_id = ${id} and told_on is not null`),
  },
};

test.each(Object.entries(cases))(
  "%s: a workspace for which it breaks for good keeps no other from its turn, and is tried again",
  async (id, { broken, arrange, had }) => {
    const ids: string[] = [];
    for (let nth = 0; nth < 2; nth++) {
      const admin = await makeMember(db.owner, await makeWorkspace(db.owner));
      await makeCustomers(db.owner, admin.workspaceId, 2);
      await arrange?.(admin);
      ids.push(admin.workspaceId);
    }
    const [first = "", other = ""] = ids;
    const run = async () => {
      await engine.client.send({ name: "test/call", data: { id } });
      await engine.settle();
      const [row] = await db.owner<{ state: string }[]>`
        select state from engine.run where function_id like ${`%${id}`} order by id desc limit 1`;
      return row?.state;
    };
    const mend = await breakWorkspace(db.owner, first, broken);
    expect(await run()).toBe("failed");
    expect([await had(first), await had(other)]).toEqual([false, true]);
    await mend();
    expect(await run()).toBe("completed");
    expect(await had(first)).toBe(true);
  },
);
