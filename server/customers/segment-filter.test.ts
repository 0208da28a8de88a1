import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { createSegment } from "@/server/segments/create";
import { deleteSegment } from "@/server/segments/delete";
import type { Rule } from "@/server/segments/status";
import { changeCustomers } from "./change-many";
import { exportCustomers } from "./export-list";
import { countCustomers, listCustomers } from "./list";
import { customerFilters, customerListInputOf } from "./schemas";

const db = await testDatabase();
let admin: Context;
let advisor: Context & { membershipId: string };
let gold: string;
let pune: string;

const rule = (field: string, value: string): Rule =>
  ({ match: "all", of: [{ on: "customer", field, op: "one_of", value: [value] }] }) as Rule;

beforeAll(async () => {
  const workspaceId = await makeWorkspace(db.owner);
  admin = await makeMember(db.owner, workspaceId);
  advisor = await makeMember(db.owner, workspaceId, "advisor");
  const [asha = "", , chitra = ""] = await makeCustomers(db.owner, workspaceId, [
    { name: "Asha", tier: "gold" },
    { name: "Bina", tier: "silver" },
    { name: "Chitra", tier: "gold" },
    { name: "Dev", tier: "gold" },
  ]);
  await db.owner`update customers set city = 'Pune' where name in ('Asha', 'Bina') and workspace_id = ${workspaceId}`;
  await db.owner`update customers set advisor_id = ${advisor.membershipId} where id in (${asha}, ${chitra})`;
  gold = (await createSegment(admin, { name: "Gold", description: "", rule: rule("tier", "gold") })).id;
  pune = (await createSegment(admin, { name: "Pune", description: "", rule: rule("city", "Pune") })).id;
});

const filters = (segment: string[], more: Record<string, unknown> = {}) =>
  customerFilters.parse({ segment, ...more });
const names = async (ctx: Context, segment: string[], more = {}) =>
  (await listCustomers(ctx, { ...filters(segment, more), sort: "name" })).rows.map(({ name }) => name);

async function asCsv(ctx: Context, segment: string[]): Promise<string> {
  let text = "";
  const { content } = await exportCustomers(ctx, { sort: "name", filters: filters(segment) });
  for await (const piece of content) text += piece;
  return text;
}

test("a list narrowed by a segment holds its members; several mean any of them, other filters all", async () => {
  expect(await names(admin, [gold])).toEqual(["Asha", "Chitra", "Dev"]);
  expect(await names(admin, [gold, pune])).toEqual(["Asha", "Bina", "Chitra", "Dev"]);
  expect(await names(admin, [gold], { city: ["Pune"] })).toEqual(["Asha"]);
  expect(await names(admin, ["no-id"])).toEqual([]);
  expect(await countCustomers(admin, filters([gold]))).toBe(3);
});

test("it stands in the address", () => {
  expect(customerListInputOf({ segment: [gold, pune] }).segment).toEqual([gold, pune]);
  expect(customerListInputOf({ segment: gold }).segment).toEqual([gold]);
});

test("an advisor sees, counts, downloads and changes those of the own book alone", async () => {
  expect(await names(advisor, [gold])).toEqual(["Asha", "Chitra"]);
  expect(await countCustomers(advisor, filters([gold]))).toBe(2);
  const csv = await asCsv(advisor, [gold]);
  expect(csv).toMatch(/Asha[\s\S]*Chitra/);
  expect(csv).not.toContain("Dev");
  const who = { filters: filters([gold]) };
  expect(await changeCustomers(advisor, { who, act: { kind: "add_tag", tag: "mine" } })).toEqual({
    changed: 2,
  });
  const tagged = await db.owner`select name from customers where 'mine' = any(tags) order by name`;
  expect(tagged.map((row) => row.name)).toEqual(["Asha", "Chitra"]);
});

test("downloads and bulk acts honour it, and a segment that is gone is told", async () => {
  expect(await asCsv(admin, [pune])).not.toMatch(/Chitra|Dev/);
  await changeCustomers(admin, { who: { filters: filters([pune]) }, act: { kind: "add_tag", tag: "west" } });
  const tagged = await db.owner`select name from customers where 'west' = any(tags) order by name`;
  expect(tagged.map((row) => row.name)).toEqual(["Asha", "Bina"]);
  await deleteSegment(admin, { id: pune });
  await expect(names(admin, [pune])).rejects.toMatchObject({ code: "CONFLICT" });
});
