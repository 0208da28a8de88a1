import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { changeCustomers } from "./change-many";
import { exportCustomers } from "./export-list";
import { customerFilters } from "./schemas";

const db = await testDatabase();
let ctx: Context & { membershipId: string };
let ids: string[];

beforeEach(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner), "marketer");
  ids = await makeCustomers(
    db.owner,
    ctx.workspaceId,
    Array.from({ length: 2_300 }, (_, index) => ({ tier: index % 2 === 0 ? "gold" : "bronze" })),
  );
});

const count = async (where: string): Promise<number> => {
  const [row] = await db.owner.unsafe(
    `select count(*)::int as n from customers where workspace_id = '${ctx.workspaceId}' and ${where}`,
  );
  return row?.n;
};

test("a tag is added to the ticked customers, once, and can be taken away again", async () => {
  const who = { ids: ids.slice(0, 3) };
  expect(await changeCustomers(ctx, { who, act: { kind: "add_tag", tag: "VIP" } })).toEqual({ changed: 3 });
  expect(await changeCustomers(ctx, { who, act: { kind: "add_tag", tag: "vip" } })).toEqual({ changed: 0 });
  expect(await count("tags = '{vip}'")).toBe(3);
  expect(await changeCustomers(ctx, { who, act: { kind: "remove_tag", tag: "vip" } })).toEqual({
    changed: 3,
  });
  expect(await count("tags <> '{}'")).toBe(0);
});

test("everybody whom the filters leave is changed, over many pages, also when the change moves them out of the filter", async () => {
  const who = { filters: customerFilters.parse({ tier: ["gold"], stop: ["none"] }) };
  const act = { kind: "set_stop_state", stopState: "open_complaint" } as const;
  expect(await changeCustomers(ctx, { who, act })).toEqual({ changed: 1_150 });
  expect(await count("stop_state = 'open_complaint'")).toBe(1_150);
  expect(await count("stop_state = 'open_complaint' and tier <> 'gold'")).toBe(0);
  const [history] = await db.owner`
    select count(*)::int as n, min("before"::text) as before, min("after"::text) as after from customer_changes
    where workspace_id = ${ctx.workspaceId}`;
  expect(history).toEqual({
    n: 1_150,
    before: '{"stopState": null}',
    after: '{"stopState": "open_complaint"}',
  });
  const [touched] = await db.owner`
    select count(*)::int as n from touched_customers where workspace_id = ${ctx.workspaceId}`;
  expect(touched?.n).toBe(1_150);
  const audit = await db.owner`
    select action, (after ->> 'count')::int as n from audit_entries where workspace_id = ${ctx.workspaceId}`;
  expect(audit.map((row) => row.action)).toEqual(["customers.set_stop_state", "customers.set_stop_state"]);
  expect(audit.reduce((sum, row) => sum + row.n, 0)).toBe(1_150);
});

test("an advisor is set only when it is one of this workspace, and never by an advisor", async () => {
  const advisor = await makeMember(db.owner, ctx.workspaceId, "advisor");
  const foreign = await makeMember(db.owner, await makeWorkspace(db.owner), "advisor");
  const set = (advisorId: string | null) => ({
    who: { ids: ids.slice(0, 2) },
    act: { kind: "set_advisor", advisorId } as const,
  });
  expect(await changeCustomers(ctx, set(advisor.membershipId))).toEqual({ changed: 2 });
  for (const id of [foreign.membershipId, ctx.membershipId, "nonsense"])
    await expect(changeCustomers(ctx, set(id))).rejects.toMatchObject({ code: "BAD_INPUT" });
  await expect(changeCustomers(advisor, set(null))).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("nobody changes whom they do not see", async () => {
  const advisor = await makeMember(db.owner, ctx.workspaceId, "advisor");
  await db.owner`update customers set advisor_id = ${advisor.membershipId} where id = ${ids[0] ?? ""}`;
  const act = { kind: "add_tag", tag: "mine" } as const;
  expect(await changeCustomers(advisor, { who: { ids: ids.slice(0, 5) }, act })).toEqual({ changed: 1 });
  const everybody = { filters: customerFilters.parse({}) };
  expect(await changeCustomers(advisor, { who: everybody, act: { ...act, tag: "all" } })).toEqual({
    changed: 1,
  });
  const stranger = await makeMember(db.owner, await makeWorkspace(db.owner));
  expect(await changeCustomers(stranger, { who: { ids: ids.slice(0, 5) }, act })).toEqual({ changed: 0 });
  const supervisor = await makeMember(db.owner, ctx.workspaceId, "supervisor");
  await expect(changeCustomers(supervisor, { who: everybody, act })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  expect(await count("tags <> '{}'")).toBe(1);
});

async function textOf(content: AsyncGenerator<string>): Promise<string[]> {
  let text = "";
  for await (const piece of content) text += piece;
  return text.trimEnd().split("\r\n");
}

test("the export holds every customer of the list once, in its order, and no cell that a spreadsheet would run", async () => {
  await db.owner`update customers set name = '=HYPERLINK("http://evil")', phone = '+919820012345', tags = '{a,b}'
    where id = ${ids[7] ?? ""}`;
  const filters = customerFilters.parse({ tier: ["bronze"] });
  const file = await exportCustomers(ctx, { sort: "recent", filters });
  const [header, ...lines] = await textOf(file.content);
  expect(header).toBe(
    "\uFEFFexternal_id,name,phone,email,language,city,tier,engagement,promotion_stopped_by,tags,advisor,policies,next_due,added",
  );
  expect(lines).toHaveLength(1_150);
  expect(new Set(lines).size).toBe(1_150);
  expect(lines[3]).toContain(`"'=HYPERLINK(""http://evil"")",'+919820012345,`);
  expect(lines[3]).toContain(",a;b,");
  const ticked = await exportCustomers(ctx, { sort: "-recent", ids: ids.slice(0, 2) });
  expect((await textOf(ticked.content)).slice(1).map((line) => line.split(",")[0])).toEqual([ids[1], ids[0]]);
});

test.each([
  ["Pacific/Kiritimati", "2026-11-26"],
  ["Pacific/Pago_Pago", "2026-11-25"],
])("an export is named after the day that it is in %s", async (zone, day) => {
  await db.owner`update workspaces set time_zone = ${zone} where id = ${ctx.workspaceId}`;
  await db.setClock("2026-11-25T12:00:00Z");
  const file = await exportCustomers(ctx, { sort: "name", ids: ids.slice(0, 1) });
  expect(file.name).toBe(`customers-${day}.csv`);
});

test("the audit log tells of an export and its filters, without what was searched for", async () => {
  const filters = customerFilters.parse({ search: "Asha Rao", tier: ["gold"] });
  await exportCustomers(ctx, { sort: "name", filters });
  const [entry] = await db.owner`
    select action, after from audit_entries where workspace_id = ${ctx.workspaceId} and action = 'customers.exported'`;
  expect(entry?.after).toEqual({ filters: ["search", "tier"] });
  const supervisor = await makeMember(db.owner, ctx.workspaceId, "supervisor");
  await expect(exportCustomers(supervisor, { sort: "name", filters })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
});
