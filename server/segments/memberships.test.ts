import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { createRandom, type Random } from "@/db/seed/random";
import { testDatabase } from "@/db/testing/database";
import { makeMember } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { evaluateTouched, touchCustomers } from "@/server/events";
import { newId } from "@/server/platform/ids";
import { evaluators } from "@/server/worker/evaluators";
import { createSegment } from "./create";
import { dueSegments } from "./due";
import { recomputeMembership, reevaluateMemberships, rollMembership } from "./memberships";
import type { Condition, Rule } from "./rule/model";
import { makeTwin, selected, type Twin } from "./testing/memory";
import { type PeopleOptions, randomPerson } from "./testing/random-people";
import { storePeople } from "./testing/store";
import { updateSegment } from "./update";

const db = await testDatabase();
// The twin in memory keeps the scores that it was given.
const segmentsOnly = evaluators.filter(({ name }) => name === "segments");
const all = (...of: Rule["of"]): Rule => ({ match: "all", of });
const tier = (...value: string[]): Condition => ({ on: "customer", field: "tier", op: "one_of", value });

/** Moves the clock to an instant. */
async function clockAt(instant: string): Promise<void> {
  const [clock] = await db.owner<{ offset: string }[]>`
    select (${instant}::timestamptz - statement_timestamp())::text as offset`;
  await db.moveClock(clock?.offset ?? "0");
}

async function track(twin: Twin, rule: Rule): Promise<string> {
  const id = await twin.addSegment(rule);
  await db.owner`update segments set tracked = true where id = ${id}`;
  await recomputeMembership(twin.ctx, { segmentId: id, cause: "rule" });
  return id;
}

async function members(id: string): Promise<string[]> {
  const rows = await db.owner<{ id: string }[]>`
    select customer_id as id from segment_members where segment_id = ${id} order by 1`;
  return rows.map((row) => row.id);
}

/** Members by replaying every change that was recorded after the first filling. */
async function replayed(id: string, start: readonly string[]): Promise<string[]> {
  const now = new Set(start);
  const changes = await db.owner<{ customer: string; change: string }[]>`
    select customer_id as customer, change from segment_changes where segment_id = ${id} order by id`;
  for (const { customer, change } of changes) {
    expect(now.has(customer), "nobody enters twice, nobody leaves who was not there").toBe(change === "left");
    if (change === "entered") now.add(customer);
    else now.delete(customer);
  }
  return [...now].sort();
}

const newTwin = (seed: number, count: number) =>
  makeTwin(db.owner, { seed, count, today: "2026-03-01", zone: "Asia/Kolkata", offset: 330 });

/** Gives a person a new life: every row of theirs is replaced. */
async function replace(twin: Twin, random: Random, index: number): Promise<string> {
  const { ctx, people, campaigns, advisors } = twin;
  const before = people[index];
  if (!before) throw new Error("nobody");
  for (const table of ["delivery_events", "execution_results"])
    await db.owner`delete from ${db.owner(table)} r using executions e where e.customer_id = ${before.id}
      and r.part = e.part and r.run_number = e.run_number and r.seq = e.seq`;
  for (const table of [
    "executions",
    "premium_payments",
    "policies",
    "customer_events",
    "consent_states",
    "conversions",
  ])
    await db.owner`delete from ${db.owner(table)} where customer_id = ${before.id}`;
  await db.owner`delete from customers where id = ${before.id}`;
  const options: PeopleOptions = {
    seed: 0,
    count: 1,
    today: "2026-03-01",
    offset: 330,
    campaigns: [...campaigns.keys()],
    advisors,
  };
  const after = { ...randomPerson(random, options), id: before.id };
  people[index] = after;
  await storePeople(db.owner, ctx.workspaceId, [after], campaigns);
  return before.id;
}

beforeEach(() => clockAt("2026-02-28T18:45:00Z"));

describe("stored membership", () => {
  test.each([1, 2, 3, 4, 5, 6])("by event equals a full evaluation after any changes (%i)", async (seed) => {
    const random = createRandom(seed);
    const twin = await newTwin(seed, 60);
    const gold = await track(twin, all(tier("gold", "platinum")));
    const rules = [
      gold,
      await track(twin, all({ on: "policy", count: { op: "at_least", n: 2 }, where: [] })),
      await track(twin, {
        match: "none",
        of: [
          {
            on: "event",
            name: "inquiry",
            count: { op: "some" },
            when: { op: "last_days", value: 30 },
            where: [],
          },
        ],
      }),
      await track(twin, {
        match: "any",
        of: [
          { on: "segment", segment: gold, in: true },
          { on: "campaign", interaction: "opened", did: true, campaign: null, when: null },
          { on: "campaign", interaction: "converted", did: true, campaign: null, when: null },
          { on: "consent", channel: "email", purpose: "promotional", state: "withdrawn" },
        ],
      }),
    ];
    const start = new Map<string, string[]>();
    for (const id of rules) start.set(id, await members(id));
    for (let round = 0; round < 12; round++) {
      const touched: string[] = [];
      for (let nth = random.int(1, 6); nth > 0; nth--)
        touched.push(await replace(twin, random, random.int(0, twin.people.length - 1)));
      await withTransaction(twin.ctx, (tx) => touchCustomers(tx, twin.ctx, touched, ["profile"]));
      // What the worker does, in batches smaller than what waits.
      while ((await evaluateTouched(twin.ctx, { evaluators: segmentsOnly, owner: "test", most: 2 })) > 0);
    }
    for (const id of rules) {
      const rule = twin.memory.segments.get(id);
      if (!rule) throw new Error("no rule");
      expect(await members(id)).toEqual(await selected(twin, rule, "many"));
      expect(await replayed(id, start.get(id) ?? [])).toEqual(await members(id));
    }
  });

  test("who is touched by several processes at once enters once", async () => {
    const twin = await newTwin(20, 30);
    const id = await track(twin, all(tier("gold")));
    await db.owner`update customers set tier = 'gold' where workspace_id = ${twin.ctx.workspaceId}`;
    const ids = twin.people.map((person) => person.id);
    const before = await members(id);
    const changes = await Promise.all(Array.from({ length: 6 }, () => reevaluateMemberships(twin.ctx, ids)));
    expect(changes.flat()).toHaveLength(30 - before.length);
    expect(await members(id)).toHaveLength(30);
    expect(await replayed(id, before)).toHaveLength(30);
  });

  test("an older look never overwrites a newer one", async () => {
    const twin = await newTwin(21, 12);
    const id = await track(twin, all(tier("gold")));
    const ids = twin.people.map((person) => person.id);
    for (let round = 0; round < 15; round++) {
      const value = round % 2 === 0 ? "gold" : "bronze";
      await Promise.all([
        reevaluateMemberships(twin.ctx, ids),
        recomputeMembership(twin.ctx, { segmentId: id, cause: "audit" }),
        (async () => {
          await db.owner`update customers set tier = ${value} where workspace_id = ${twin.ctx.workspaceId}`;
          await reevaluateMemberships(twin.ctx, ids);
        })(),
        reevaluateMemberships(twin.ctx, ids),
      ]);
      expect(await members(id)).toHaveLength(round % 2 === 0 ? 12 : 0);
    }
  });

  test("the first filling tells of nobody, and what is not tracked any more is forgotten", async () => {
    const twin = await newTwin(22, 40);
    const marketer = await makeMember(db.owner, twin.ctx.workspaceId, "marketer");
    const { id } = await createSegment(marketer, { name: "Gold", rule: all(tier("gold")) });
    expect(await members(id)).toEqual([]);
    await updateSegment(marketer, { id, version: 1, changes: { tracked: true } });
    const [event] = await db.owner<{ data: { segmentId: string } }[]>`
      select data from outbox where name = 'segment/recompute.requested' and workspace_id = ${twin.ctx.workspaceId}`;
    expect(event?.data.segmentId).toBe(id);
    // Somebody is touched before the workflow came: the filling will see them.
    expect(await reevaluateMemberships(twin.ctx, [twin.people[0]?.id ?? ""])).toEqual([]);
    await recomputeMembership(twin.ctx, { segmentId: id, cause: "rule" });
    expect(await members(id)).toEqual(await selected(twin, all(tier("gold")), "many"));
    const count = async () => (await db.owner`select from segment_changes where segment_id = ${id}`).length;
    expect(await count()).toBe(0);
    await updateSegment(marketer, { id, version: 2, changes: { rule: all(tier("silver")) } });
    await recomputeMembership(twin.ctx, { segmentId: id, cause: "rule" });
    expect(await members(id)).toEqual(await selected(twin, all(tier("silver")), "many"));
    expect(await count()).toBeGreaterThan(0);
    await updateSegment(marketer, { id, version: 3, changes: { tracked: false } });
    expect(await members(id)).toEqual([]);
  });

  test("a tracked segment follows the rule of a segment that it uses", async () => {
    const twin = await newTwin(23, 30);
    const marketer = await makeMember(db.owner, twin.ctx.workspaceId, "marketer");
    const base = await createSegment(marketer, { name: "Base", rule: all(tier("gold")) });
    const top = await createSegment(marketer, {
      name: "Top",
      rule: all({ on: "segment", segment: base.id, in: true }),
    });
    await updateSegment(marketer, { id: top.id, version: 1, changes: { tracked: true } });
    await recomputeMembership(twin.ctx, { segmentId: top.id, cause: "rule" });
    await updateSegment(marketer, { id: base.id, version: 1, changes: { rule: all(tier("silver")) } });
    const asked = await db.owner<{ id: string }[]>`
      select data ->> 'segmentId' as id from outbox where name = 'segment/recompute.requested'
      and workspace_id = ${twin.ctx.workspaceId} order by outbox.id desc limit 1`;
    expect(asked[0]?.id).toBe(top.id);
    await recomputeMembership(twin.ctx, { segmentId: top.id, cause: "rule" });
    expect(await members(top.id)).toEqual(await selected(twin, all(tier("silver")), "many"));
  });

  test("a rule that uses what is gone keeps its members, and holds up nobody else", async () => {
    const twin = await newTwin(24, 20);
    const broken = await track(twin, all(tier("gold")));
    const fine = await track(twin, all(tier("gold")));
    const before = await members(broken);
    await db.owner`update segments set rule = ${db.owner.json({
      match: "all",
      of: [{ on: "segment", segment: newId(), in: true }],
    })} where id = ${broken}`;
    await db.owner`update customers set tier = 'bronze' where workspace_id = ${twin.ctx.workspaceId}`;
    await reevaluateMemberships(
      twin.ctx,
      twin.people.map((person) => person.id),
    );
    expect(await members(broken)).toEqual(before);
    expect(await members(fine)).toEqual([]);
  });
});

describe("a new day", () => {
  const renewing = all({
    on: "policy",
    count: { op: "some" },
    where: [{ field: "renewal_date", op: "in_days", value: 7 }],
  });
  const roll = async () => {
    for (const { workspaceId, segmentId, audit } of await dueSegments())
      await rollMembership({ ...twinCtx, workspaceId }, { segmentId, audit });
  };
  let twinCtx: Twin["ctx"];

  test("begins at midnight in the workspace's zone, for rules that count from today", async () => {
    const twin = await newTwin(30, 120);
    twinCtx = twin.ctx;
    const id = await track(twin, renewing);
    const first = await members(id);
    await clockAt("2026-03-01T18:29:00Z"); // 23:59 in India
    await roll();
    expect(await members(id)).toEqual(first);
    await clockAt("2026-03-01T18:30:30Z"); // 00:00:30
    expect((await dueSegments()).map(({ segmentId }) => segmentId)).toContain(id);
    await roll();
    const second = await members(id);
    expect(second).not.toEqual(first);
    expect(second).toEqual(await selected(twin, renewing, "many"));
    const causes = await db.owner<{ cause: string }[]>`
      select distinct cause from segment_changes where segment_id = ${id}`;
    expect(causes.map(({ cause }) => cause)).toEqual(["day"]);
    expect((await dueSegments()).map(({ segmentId }) => segmentId)).not.toContain(id);
  });

  test("is not evaluated for rules that do not count from today, until the audit at three", async () => {
    const twin = await newTwin(31, 40);
    twinCtx = twin.ctx;
    const id = await track(twin, all(tier("gold")));
    await clockAt("2026-03-01T18:31:00Z");
    // A change that nobody told of.
    await db.owner`update customers set tier = 'gold' where workspace_id = ${twin.ctx.workspaceId}`;
    const before = await members(id);
    await roll();
    expect(await members(id)).toEqual(before);
    await clockAt("2026-03-01T21:30:30Z"); // 03:00:30
    await roll();
    expect(await members(id)).toHaveLength(40);
    const [row] = await db.owner<{ cause: string }[]>`
      select distinct cause from segment_changes where segment_id = ${id}`;
    expect(row?.cause).toBe("audit");
    expect((await dueSegments()).map(({ segmentId }) => segmentId)).not.toContain(id);
  });
});

test("changes of membership are only ever added", async () => {
  const twin = await newTwin(40, 5);
  await expect(
    withTransaction(twin.ctx, (tx) => tx.execute(sql`update segment_changes set change = 'left'`)),
  ).rejects.toMatchObject({ cause: { code: "42501" } });
  await expect(
    withTransaction(twin.ctx, (tx) => tx.execute(sql`delete from segment_changes`)),
  ).rejects.toMatchObject({ cause: { code: "42501" } });
});
