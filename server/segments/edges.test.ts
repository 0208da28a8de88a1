import { describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { countSegment } from "./count";
import type { Rule } from "./rule/model";
import { sampleSegment } from "./sample";
import { seededSegments } from "./seeds";

const db = await testDatabase();

async function clockAt(instant: string): Promise<void> {
  const [clock] = await db.owner<{ offset: string }[]>`
    select (${instant}::timestamptz - statement_timestamp())::text as offset`;
  await db.moveClock(clock?.offset ?? "0");
}

async function desk(zone: string): Promise<Context> {
  const workspaceId = await makeWorkspace(db.owner);
  await db.owner`update workspaces set time_zone = ${zone} where id = ${workspaceId}`;
  return makeMember(db.owner, workspaceId, "marketer");
}

const seeded = (key: string): Rule => {
  const found = seededSegments.find((segment) => segment.key === key);
  if (!found) throw new Error(`no seeded segment ${key}`);
  return found.rule;
};

/** One customer for each day, named by it; `of` writes the day where the rule looks. */
async function onDays(
  ctx: Context,
  days: string[],
  of: (customerId: string, day: string) => Promise<unknown>,
) {
  const ids = await makeCustomers(
    db.owner,
    ctx.workspaceId,
    days.map((name) => ({ name })),
  );
  for (const [at, id] of ids.entries()) await of(id, days[at] ?? "");
}
const bornOn = (id: string, day: string) =>
  db.owner`update customers set birth_date = ${day} where id = ${id}`;
const renewsOn = (ctx: Context) => (id: string, day: string) =>
  db.owner`insert into policies ${db.owner({
    id: newId(),
    workspace_id: ctx.workspaceId,
    customer_id: id,
    policy_number: newId(),
    policy_type: "term",
    product_name: "Term",
    status: "in_force",
    premium_micros: "1",
    currency: "INR",
    payment_mode: "yearly",
    start_date: "2020-01-01",
    renewal_date: day,
  })}`;

const selected = async (ctx: Context, rule: Rule): Promise<string[]> => {
  const names = (await sampleSegment(ctx, { rule })).map(({ name }) => name).sort();
  expect(await countSegment(ctx, { rule })).toEqual({ count: names.length });
  return names;
};
const birthday = (op: string, value?: number): Rule => ({
  match: "all",
  of: [{ on: "customer", field: "birth_date", op, value }],
});

describe("“Birthday this month”", () => {
  const days = ["1984-02-28", "1984-02-29", "1984-03-01", "1984-01-31", "1984-03-31"];

  test.each([
    // India is at UTC+5:30: its month begins at 18:30 of the evening before.
    ["Asia/Kolkata", "2026-01-31T18:29:59Z", ["1984-01-31"]],
    ["Asia/Kolkata", "2026-01-31T18:30:00Z", ["1984-02-28", "1984-02-29"]],
    ["Asia/Kolkata", "2026-02-28T18:29:59Z", ["1984-02-28", "1984-02-29"]],
    ["Asia/Kolkata", "2026-02-28T18:30:00Z", ["1984-03-01", "1984-03-31"]],
    // A leap year's February goes on for a day.
    ["Asia/Kolkata", "2028-02-28T18:30:00Z", ["1984-02-28", "1984-02-29"]],
    ["Asia/Kolkata", "2028-02-29T18:30:00Z", ["1984-03-01", "1984-03-31"]],
    ["Asia/Kathmandu", "2026-02-28T18:14:59Z", ["1984-02-28", "1984-02-29"]],
    ["Asia/Kathmandu", "2026-02-28T18:15:00Z", ["1984-03-01", "1984-03-31"]],
    ["America/New_York", "2026-03-01T04:59:59Z", ["1984-02-28", "1984-02-29"]],
    ["America/New_York", "2026-03-01T05:00:00Z", ["1984-03-01", "1984-03-31"]],
  ])("in %s at %s", async (zone, instant, names) => {
    const ctx = await desk(zone);
    await onDays(ctx, days, bornOn);
    await clockAt(instant);
    expect(await selected(ctx, seeded("birthday_this_month"))).toEqual(names);
  });
});

describe("a birthday on 29 February", () => {
  test.each([
    ["2027-02-28T06:30:00Z", ["1984-02-28", "1984-02-29"]],
    ["2027-03-01T06:30:00Z", ["1984-03-01"]],
    ["2028-02-28T06:30:00Z", ["1984-02-28"]],
    ["2028-02-29T06:30:00Z", ["1984-02-29"]],
  ])("is kept once a year: at %s", async (instant, names) => {
    const ctx = await desk("Asia/Kolkata");
    await onDays(ctx, ["1984-02-28", "1984-02-29", "1984-03-01"], bornOn);
    await clockAt(instant);
    expect(await selected(ctx, birthday("birthday_today"))).toEqual(names);
  });

  test("is in 2 days on 26 February of a common year, in 3 of a leap year", async () => {
    const ctx = await desk("Asia/Kolkata");
    await onDays(ctx, ["1984-02-29"], bornOn);
    await clockAt("2027-02-26T06:30:00Z");
    expect(await selected(ctx, birthday("birthday_in", 2))).toEqual(["1984-02-29"]);
    await clockAt("2028-02-26T06:30:00Z");
    expect(await selected(ctx, birthday("birthday_in", 2))).toEqual([]);
    expect(await selected(ctx, birthday("birthday_in", 3))).toEqual(["1984-02-29"]);
  });
});

describe("“Renewing in 30 days”", () => {
  // Seen from 28 February 2028, 30 days reach over the leap day to 29 March.
  const days = ["2028-02-27", "2028-02-28", "2028-02-29", "2028-03-29", "2028-03-30"];
  test.each([
    ["Asia/Kolkata", "2028-02-27T18:29:59Z", ["2028-02-27", "2028-02-28", "2028-02-29"]],
    ["Asia/Kolkata", "2028-02-27T18:30:00Z", ["2028-02-28", "2028-02-29", "2028-03-29"]],
    ["Asia/Kolkata", "2028-02-28T18:29:59Z", ["2028-02-28", "2028-02-29", "2028-03-29"]],
    ["Asia/Kolkata", "2028-02-28T18:30:00Z", ["2028-02-29", "2028-03-29", "2028-03-30"]],
    ["America/New_York", "2028-02-28T04:59:59Z", ["2028-02-27", "2028-02-28", "2028-02-29"]],
    ["America/New_York", "2028-02-28T05:00:00Z", ["2028-02-28", "2028-02-29", "2028-03-29"]],
  ])("in %s at %s", async (zone, instant, names) => {
    const ctx = await desk(zone);
    await onDays(ctx, days, renewsOn(ctx));
    await clockAt(instant);
    expect(await selected(ctx, seeded("renewing_in_30_days"))).toEqual(names);
  });
});

test("“in exactly N days” changes its people at midnight in the workspace's zone, not in UTC", async () => {
  const rule: Rule = {
    match: "all",
    of: [
      { on: "policy", count: { op: "some" }, where: [{ field: "renewal_date", op: "in_days", value: 7 }] },
    ],
  };
  const ctx = await desk("Asia/Kolkata");
  await onDays(ctx, ["2028-03-05", "2028-03-06", "2028-03-07"], renewsOn(ctx));
  await clockAt("2028-02-27T18:29:59Z");
  expect(await selected(ctx, rule)).toEqual(["2028-03-05"]);
  await clockAt("2028-02-27T18:30:00Z");
  expect(await selected(ctx, rule)).toEqual(["2028-03-06"]);
  await clockAt("2028-02-28T00:00:00Z");
  expect(await selected(ctx, rule)).toEqual(["2028-03-06"]);
  await clockAt("2028-02-28T18:30:00Z");
  expect(await selected(ctx, rule)).toEqual(["2028-03-07"]);
});
