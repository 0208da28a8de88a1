import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { problemsOf } from "./rule/check";
import type { Condition, Rule } from "./rule/model";
import type { Names } from "./rule/world";
import { ruleSchema } from "./schemas";
import { sentenceOf } from "./sentence";
import { arbitraryRule } from "./testing/arbitrary-rule";
import { attributes, expected, makeTwin, selected, type Twin } from "./testing/memory";

const db = await testDatabase();
const gold: Rule = { match: "all", of: [{ on: "customer", field: "tier", op: "one_of", value: ["gold"] }] };
const quiet: Rule = {
  match: "none",
  of: [
    { on: "event", name: "inquiry", count: { op: "some" }, when: { op: "last_days", value: 30 }, where: [] },
  ],
};

async function namesOf({ memory, campaigns, advisors }: Twin): Promise<Names> {
  const named = (ids: Iterable<string>) => new Map([...ids].map((id) => [id, `Name of ${id}`]));
  return {
    attributes,
    segments: named(memory.segments.keys()),
    campaigns: named(campaigns.keys()),
    advisors: named(advisors),
    currency: "INR",
    locale: "en-IN",
  };
}

describe.each([
  [
    "in India, just after midnight of a month's first day",
    "Asia/Kolkata",
    330,
    "2026-02-28T18:45:00Z",
    "2026-03-01",
  ],
  [
    "in New York, on the last evening of a leap February",
    "America/New_York",
    -300,
    "2028-03-01T04:30:00Z",
    "2028-02-29",
  ],
  [
    "in Kathmandu, a minute before the year ends",
    "Asia/Kathmandu",
    345,
    "2025-12-31T18:14:00Z",
    "2025-12-31",
  ],
])("generated rules %s", (_, zone, offset, instant, today) => {
  test("select the customers that plain reading selects, in one pass and one by one", async () => {
    const [clock] = await db.owner<{ offset: string }[]>`
      select (${instant}::timestamptz - statement_timestamp())::text as offset`;
    await db.moveClock(clock?.offset ?? "0");
    const twin = await makeTwin(db.owner, { seed: offset + 5_000, count: 150, today, zone, offset });
    const segments = [await twin.addSegment(gold), await twin.addSegment(quiet)];
    const known = { campaigns: [...twin.campaigns.keys()], advisors: twin.advisors, segments };
    const names = await namesOf(twin);
    let telling = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryRule(known), async (rule) => {
        expect(problemsOf(rule, names)).toEqual([]);
        expect(sentenceOf(rule, names)).not.toMatch(/undefined|…|\{\{/);
        const parsed = ruleSchema.parse(JSON.parse(JSON.stringify(rule)));
        const plain = expected(twin, rule);
        if (plain.length > 0 && plain.length < twin.people.length) telling++;
        expect(await selected(twin, parsed, "many")).toEqual(plain);
        expect(await selected(twin, parsed, "few")).toEqual(plain);
      }),
      { numRuns: 100, seed: offset },
    );
    expect(telling).toBeGreaterThan(40);
  }, 120_000);
});

const attacks = [
  "'; drop table customers; --",
  "' or true --",
  "$1",
  "$1::text)) or true --",
  "\\'; select pg_sleep(10); --",
  '{"a":1}',
  "{a,b},NULL",
  "%' or '1'='1",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is an attack
  "${1+1}",
  "\u2019 or 1=1",
  "a'::int",
  "/* */ union select 1",
];

/** Every place of a rule where somebody's words can stand, filled with the attack. */
const placed = (attack: string): Condition[] => [
  ...["is", "is_not", "contains", "not_contains", "starts_with", "ends_with"].map(
    (op): Condition => ({ on: "customer", field: "name", op, value: attack }),
  ),
  ...["one_of", "none_of"].map(
    (op): Condition => ({ on: "customer", field: "city", op, value: [attack, "Pune"] }),
  ),
  ...["one_of", "none_of"].map((op): Condition => ({ on: "customer", field: "tier", op, value: [attack] })),
  ...["has_any", "has_all", "has_none"].map(
    (op): Condition => ({ on: "customer", field: "tags", op, value: [attack] }),
  ),
  { on: "customer", field: "advisor", op: "one_of", value: [attack] },
  { on: "policy", count: { op: "some" }, where: [{ field: "product_name", op: "is", value: attack }] },
  { on: "policy", count: { op: "none" }, where: [{ field: "policy_type", op: "one_of", value: [attack] }] },
  { on: "event", name: attack, count: { op: "at_least", n: 2 }, when: null, where: [] },
  ...(["text", "number", "boolean", "date"] as const).map(
    (type): Condition => ({
      on: "event",
      name: "inquiry",
      count: { op: "some" },
      when: null,
      where: [{ property: attack, type, op: "known" }],
    }),
  ),
  {
    on: "event",
    name: "inquiry",
    count: { op: "none" },
    when: null,
    where: [{ property: "product", type: "text", op: "contains", value: attack }],
  },
];

describe("words that look like SQL", () => {
  test.each(attacks)("%s is only ever a value", async (attack) => {
    await db.moveClock("0");
    const twin = await makeTwin(db.owner, {
      seed: 3,
      count: 40,
      today: new Date().toISOString().slice(0, 10),
      zone: "UTC",
      offset: 0,
    });
    // One customer whose values are the attack: the rules must find exactly those.
    const [person] = twin.people;
    if (!person) throw new Error("nobody");
    await db.owner`update customers set name = ${attack}, city = ${attack}, tags = ${[attack]},
      attributes = ${db.owner.json({ [attack]: attack })} where id = ${person.id}`;
    Object.assign(person.fields, {
      name: attack,
      city: attack,
      tags: [attack],
      attributes: { [attack]: attack },
    });
    for (const condition of placed(attack)) {
      const rule: Rule = { match: "all", of: [condition] };
      expect(await selected(twin, rule, "many"), JSON.stringify(condition)).toEqual(expected(twin, rule));
      expect(await selected(twin, rule, "few"), JSON.stringify(condition)).toEqual(expected(twin, rule));
    }
  });

  test("an attribute's key can be an attack, too", async () => {
    const twin = await makeTwin(db.owner, {
      seed: 4,
      count: 20,
      today: "2026-01-01",
      zone: "UTC",
      offset: 0,
    });
    const added = new Map(attributes);
    for (const attack of attacks) {
      await db.owner`insert into attribute_definitions (id, workspace_id, key, label, type)
        values (gen_random_uuid(), ${twin.ctx.workspaceId}, ${attack}, 'Odd', 'text')`;
      added.set(attack, { label: "Odd", type: "text", options: [] });
    }
    const memory = { ...twin, memory: { ...twin.memory, attributes: added } };
    for (const attack of attacks) {
      const rule: Rule = {
        match: "none",
        of: [{ on: "customer", field: `attribute:${attack}`, op: "known" }],
      };
      expect(await selected(twin, rule, "many")).toEqual(expected(memory, rule));
    }
    const [count] = await db.owner<{ n: number }[]>`select count(*)::int as n from customers`;
    expect(count?.n).toBeGreaterThan(0);
  });

  test("operators, fields and types that do not exist are refused before any SQL is written", async () => {
    const twin = await makeTwin(db.owner, { seed: 5, count: 5, today: "2026-01-01", zone: "UTC", offset: 0 });
    const names = await namesOf(twin);
    const bad: Condition[] = [
      { on: "customer", field: "id) or true --", op: "is", value: "x" },
      { on: "customer", field: "constructor", op: "is", value: "x" },
      { on: "customer", field: "name", op: "constructor", value: "x" },
      { on: "customer", field: "name", op: "toString", value: "x" },
      { on: "policy", count: { op: "some" }, where: [{ field: "__proto__", op: "is", value: "x" }] },
      { on: "customer", field: "engagement_score", op: "gte", value: "50 or true" },
      { on: "customer", field: "birth_date", op: "on", value: "2026-01-01'" },
      { on: "customer", field: "birth_date", op: "birthday_months", value: ["1) or true"] },
      { on: "customer", field: "birth_date", op: "next_days", value: "1; drop table customers" },
      { on: "event", name: "x", count: { op: "at_least", n: Number.NaN }, when: null, where: [] },
    ];
    for (const condition of bad) {
      const rule: Rule = { match: "all", of: [condition] };
      expect(problemsOf(rule, names).length, JSON.stringify(condition)).toBeGreaterThan(0);
      await expect(selected(twin, rule, "many")).rejects.toThrow();
    }
  });
});
