import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { freezeRun } from "@/server/deliveries/freeze-run";
import { ingestEvents } from "@/server/events/ingest";
import type { Context } from "@/server/platform/context";
import { audienceOf } from "./audience";
import { launchCampaign } from "./launch";
import { preflightCampaign } from "./preflight";
import type { Audience } from "./schemas";
import { grantConsent, makeCampaign } from "./testing/arrange";

const db = await testDatabase();
let ctx: Context & { userId: string; membershipId: string };
let ids: string[];

/** Customers 0 to 3: scores 10, 40, 60, 90; the first had an event 3 days ago, the second 40 days ago, the third wrote today. */
beforeAll(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  const { workspaceId } = ctx;
  ids = await makeCustomers(db.owner, workspaceId, [{}, {}, {}, {}]);
  await grantConsent(db.owner, workspaceId, ids);
  for (const [nth, score] of [10, 40, 60, 90].entries())
    await db.owner`update customers set engagement_score = ${score} where id = ${ids[nth] ?? ""}`;
  const happened = (nth: number, days: number) => ({
    name: "inquiry",
    customer: { id: ids[nth] ?? "" },
    occurred_at: new Date(Date.now() - days * 86_400_000).toISOString(),
  });
  await ingestEvents(ctx, { events: [happened(0, 3), happened(1, 40)] });
  await db.owner`update customers set advisor_id = ${ctx.membershipId} where id in ${db.owner(ids.slice(2))}`;
});

async function frozen(audience: Audience): Promise<number[]> {
  const id = await makeCampaign(db.owner, ctx, { audience });
  const { audience: counted } = await preflightCampaign(ctx, { id });
  const run = await launchCampaign(ctx, { id, version: 1 });
  await freezeRun(ctx, run);
  const rows = await db.owner<{ id: string }[]>`
    select customer_id as id from executions where run_number = ${run.runNumber} order by seq`;
  expect(counted, "what the builder counted").toBe(rows.length);
  return rows.map((row) => ids.indexOf(row.id)).sort();
}

test.each<[string, Partial<Audience>, number[]]>([
  ["nothing", {}, [0, 1, 2, 3]],
  ["an engagement score", { minEngagement: 60 }, [2, 3]],
  ["being heard from lately", { recentDays: 7 }, [0]],
  ["being heard from in a longer time", { recentDays: 60 }, [0, 1]],
  ["silence", { quietDays: 7 }, [1, 2, 3]],
  ["silence and a score", { quietDays: 7, minEngagement: 50 }, [2, 3]],
])("an audience narrowed by %s gets those customers and no others", async (_, narrowed, expected) => {
  expect(await frozen({ kind: "all", ...narrowed } as Audience)).toEqual(expected);
});

test("a book holds its own customers only", async () => {
  expect(await frozen({ kind: "all", book: ctx.membershipId })).toEqual([2, 3]);
});

test("asked for some customers it answers the same", async () => {
  const some = ids.slice(0, 2);
  const rows = await withTransaction(ctx, async (tx) => {
    const within = await audienceOf(tx, ctx, { kind: "all", recentDays: 7 }, some);
    return tx.execute<{ id: string }>(sql`select customers.id from customers where ${within}`);
  });
  expect(rows.map(({ id }) => id)).toEqual([ids[0]]);
});

test("silence is asked by anti-joins, not by a search through everybody heard from for each customer", async () => {
  const plan = await withTransaction(ctx, async (tx) => {
    const within = await audienceOf(tx, ctx, { kind: "all", quietDays: 90 });
    return tx.execute(sql`explain select customers.id from customers where ${within}`);
  });
  const words = JSON.stringify(plan);
  expect(words.match(/Anti Join/g)).toHaveLength(3);
  expect(words).not.toContain("SubPlan");
});
