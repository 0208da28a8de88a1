import { expect, test } from "vitest";
import { hotSql } from "@/db/client";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { countSegment, countSegments, estimateSegment } from "./count";
import { createSegment } from "./create";
import type { Rule } from "./rule/model";
import { runCancellable } from "./run-cancellable";
import { sampleSegment } from "./sample";

const db = await testDatabase();
const gold: Rule = { match: "all", of: [{ on: "customer", field: "tier", op: "one_of", value: ["gold"] }] };
const holders: Rule = {
  match: "all",
  of: [...gold.of, { on: "policy", count: { op: "some" }, where: [] }],
};

async function crowd(size: number) {
  const workspaceId = await makeWorkspace(db.owner);
  const marketer = await makeMember(db.owner, workspaceId, "marketer");
  await db.owner`insert into customers (id, workspace_id, name, tier)
    select gen_random_uuid(), ${workspaceId}, 'Customer ' || n, case when n % 5 = 0 then 'gold' else 'bronze' end
    from generate_series(1, ${size}::int) n`;
  await db.owner`insert into policies (id, workspace_id, customer_id, policy_number, policy_type, product_name, status,
      premium_micros, currency, payment_mode)
    select gen_random_uuid(), ${workspaceId}, id, id::text, 'term', 'Term', 'in_force', 1, 'INR', 'yearly'
    from customers where workspace_id = ${workspaceId} and name like '%0'`;
  await db.owner`analyze customers`;
  await db.owner`analyze policies`;
  return { marketer };
}

test("a small workspace is counted exactly at once, a large one is estimated from a sample first", async () => {
  const few = 10_000;
  const small = await crowd(1_000);
  expect(await estimateSegment(small.marketer, { rule: gold }, { few })).toEqual({ count: 200, exact: true });
  const large = await crowd(16_000);
  const estimate = await estimateSegment(large.marketer, { rule: holders }, { few });
  expect(estimate.exact).toBe(false);
  expect(await countSegment(large.marketer, { rule: holders })).toEqual({ count: 1_600 });
  expect(Math.abs(estimate.count - 1_600)).toBeLessThan(270);
  expect(await estimateSegment(large.marketer, { rule: holders }, { few })).toEqual(estimate);
  // Beside it the small one is still counted, and the large one without a sample where that is allowed.
  expect(await estimateSegment(small.marketer, { rule: gold }, { few })).toEqual({ count: 200, exact: true });
  expect(await estimateSegment(large.marketer, { rule: holders })).toEqual({ count: 1_600, exact: true });
});

test("ten people at most are shown, the newest of those whom the rule selects", async () => {
  const { marketer } = await crowd(200);
  const people = await sampleSegment(marketer, { rule: gold });
  expect(people).toHaveLength(10);
  expect(people.every(({ tier }) => tier === "gold")).toBe(true);
  const ids = people.map(({ id }) => id);
  expect(ids).toEqual([...ids].sort().reverse());
});

test("who was erased is in no segment", async () => {
  const { marketer } = await crowd(50);
  await db.owner`update customers set erased_at = clock_now()
    where workspace_id = ${marketer.workspaceId} and name = 'Customer 5'`;
  expect(await countSegment(marketer, { rule: gold })).toEqual({ count: 9 });
  expect((await sampleSegment(marketer, { rule: gold })).map(({ name }) => name)).not.toContain("Customer 5");
});

test("a list's counts leave out the segment that uses what is gone", async () => {
  const { marketer } = await crowd(10);
  const fine = await createSegment(marketer, { name: "Fine", rule: gold });
  const broken = await createSegment(marketer, { name: "Broken", rule: gold });
  await db.owner`update segments set rule = ${db.owner.json({
    match: "all",
    of: [{ on: "customer", field: "attribute:gone", op: "known" }],
  })} where id = ${broken.id}`;
  expect(await countSegments(marketer, { ids: [fine.id, broken.id] })).toEqual({
    [fine.id]: { count: 2, exact: true },
    [broken.id]: null,
  });
});

test("counts are for those who may look", async () => {
  const workspaceId = await makeWorkspace(db.owner);
  const agent = await makeMember(db.owner, workspaceId, "agent");
  for (const refused of [
    estimateSegment(agent, { rule: gold }),
    countSegment(agent, { rule: gold }),
    sampleSegment(agent, { rule: gold }),
    countSegments(agent, { ids: [] }),
  ])
    await expect(refused).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("a count that nobody waits for any more ends in the database, and its connection goes on", async () => {
  const { marketer } = await crowd(1);
  const stop = new AbortController();
  const client = hotSql();
  const slow = runCancellable(marketer, {
    text: "select pg_sleep(600) as slept, $1::text as mark",
    values: ["a count"],
    signal: stop.signal,
  });
  const running = async () => {
    const [row] = await db.owner<{ n: number }[]>`
      select count(*)::int as n from pg_stat_activity where query like '%as slept%' and state = 'active' and pid <> pg_backend_pid()`;
    return row?.n;
  };
  await expect.poll(running).toBe(1);
  stop.abort();
  await expect(slow).rejects.toBe(stop.signal.reason);
  await expect.poll(running).toBe(0);
  // The closed connection of the cancellation is not taken for a lost one, which would replace the whole pool.
  expect(hotSql()).toBe(client);
  // Many at once after it: none of them is hit by the late cancellation.
  const counts = await Promise.all(Array.from({ length: 20 }, () => countSegment(marketer, { rule: gold })));
  expect(counts.every(({ count }) => count === 0)).toBe(true);
});
