import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { countSegment } from "./count";
import type { Condition, PropertyTest, Rule } from "./rule/model";
import { countEvents } from "./testing/store";

/** 45,211 real people of a bank's telephone campaign: db/data/README.md. */
type Row = Record<
  "age" | "job" | "marital" | "balance" | "housing" | "campaign" | "previous" | "poutcome" | "y",
  string
>;

const file = new URL("../../db/data/bank-marketing.csv.gz", import.meta.url);
const rows: Row[] = parse(gunzipSync(readFileSync(file)), { columns: true });
const db = await testDatabase();
let ctx: Context;

/** Each row as a customer with attributes, one `called` for each call, how an earlier campaign ended, and `subscribed`. */
beforeAll(async () => {
  const workspaceId = await makeWorkspace(db.owner);
  ctx = await makeMember(db.owner, workspaceId, "marketer");
  const types = { age: "number", job: "text", marital: "choice", balance: "number", housing: "boolean" };
  for (const [key, type] of Object.entries(types))
    await db.owner`insert into attribute_definitions (id, workspace_id, key, label, type)
      values (gen_random_uuid(), ${workspaceId}, ${key}, ${key}, ${type})`;
  const given = rows.map((row, at) => ({ at: at + 1, ...row }));
  for (let from = 0; from < given.length; from += 5_000)
    await db.owner`
      with given as (select * from jsonb_to_recordset(${db.owner.json(given.slice(from, from + 5_000))})
        as r (at int, age int, job text, marital text, balance int, housing text, campaign int, previous int, poutcome text, y text)),
      people as (
        insert into customers (id, workspace_id, external_id, name, attributes)
        select gen_random_uuid(), ${workspaceId}, at::text, 'Row ' || at,
          jsonb_build_object('age', age, 'job', job, 'marital', marital, 'balance', balance, 'housing', housing = 'yes')
        from given returning id, external_id),
      known as (select p.id as customer, g.* from people p join given g on g.at::text = p.external_id),
      happened as (
        select customer, 'called' as name, '{}'::jsonb as properties from known, generate_series(1, campaign)
        union all select customer, 'earlier_campaign', jsonb_build_object('outcome', poutcome, 'calls', previous)
          from known where previous > 0
        union all select customer, 'subscribed', '{}' from known where y = 'yes')
      insert into customer_events (id, workspace_id, customer_id, name, properties, occurred_at)
      select gen_random_uuid(), ${workspaceId}, customer, name, properties, clock_now() from happened`;
  await countEvents(db.owner, workspaceId);
  await db.owner`analyze`;
}, 120_000);

const count = async (...of: Rule["of"]): Promise<number> =>
  (await countSegment(ctx, { rule: { match: "all", of } })).count;
const event = (
  name: string,
  n: Extract<Condition, { on: "event" }>["count"],
  ...where: PropertyTest[]
): Condition => ({
  on: "event",
  name,
  count: n,
  when: null,
  where,
});
const subscribed = event("subscribed", { op: "some" });
const job = (value: string): Condition => ({ on: "customer", field: "attribute:job", op: "is", value });
const outside = (holds: (row: Row) => boolean): number => rows.filter(holds).length;
const values = (column: keyof Row): string[] => [...new Set(rows.map((row) => row[column]))].sort();

describe("counts on the bank's records equal those counted from the file", () => {
  test("everybody, and everybody who took the product", async () => {
    expect(await count()).toBe(45_211);
    expect(await count(subscribed)).toBe(5_289);
  });

  test.each(values("job"))("conversion of %s", async (name) => {
    expect(await count(job(name))).toBe(outside((row) => row.job === name));
    expect(await count(job(name), subscribed)).toBe(outside((row) => row.job === name && row.y === "yes"));
  });

  test.each(values("poutcome"))("conversion by the earlier campaign's outcome: %s", async (outcome) => {
    const earlier = event(
      "earlier_campaign",
      { op: "some" },
      { property: "outcome", type: "text", op: "is", value: outcome },
    );
    const had = (row: Row) => Number(row.previous) > 0 && row.poutcome === outcome;
    expect(await count(earlier)).toBe(outside(had));
    expect(await count(earlier, subscribed)).toBe(outside((row) => had(row) && row.y === "yes"));
    expect(await count(earlier, event("subscribed", { op: "none" }))).toBe(
      outside((row) => had(row) && row.y === "no"),
    );
  });

  test.each([1, 2, 3, 5, 10, 20])("conversion by calls: %i", async (calls) => {
    const of = (row: Row) => Number(row.campaign);
    const exactly = event("called", { op: "exactly", n: calls });
    const atLeast = event("called", { op: "at_least", n: calls });
    expect(await count(exactly)).toBe(outside((row) => of(row) === calls));
    expect(await count(exactly, subscribed)).toBe(outside((row) => of(row) === calls && row.y === "yes"));
    expect(await count(atLeast, subscribed)).toBe(outside((row) => of(row) >= calls && row.y === "yes"));
  });

  test("several attributes at once, with any and none", async () => {
    const old: Condition = { on: "customer", field: "attribute:age", op: "gte", value: 60 };
    const poor: Condition = { on: "customer", field: "attribute:balance", op: "lt", value: 0 };
    const housing: Condition = { on: "customer", field: "attribute:housing", op: "yes" };
    const single: Condition = { on: "customer", field: "attribute:marital", op: "one_of", value: ["single"] };
    expect(
      await count({ match: "any", of: [old, single] }, { match: "none", of: [poor, housing] }, subscribed),
    ).toBe(
      outside(
        (row) =>
          (Number(row.age) >= 60 || row.marital === "single") &&
          !(Number(row.balance) < 0 || row.housing === "yes") &&
          row.y === "yes",
      ),
    );
  });
});
