import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { makeCampaign } from "@/server/campaigns/testing/arrange";
import type { Context } from "@/server/platform/context";
import { setSegmentArchived } from "@/server/segments/archive";
import { createSegment } from "@/server/segments/create";
import type { Rule } from "@/server/segments/rule/model";
import { saveFromCampaign } from "@/server/template-library/save-from-campaign";
import { changeAttribute, setAttributeArchived } from "./change";
import { createAttribute, defineAttributes } from "./create";
import { listAttributes } from "./list";
import type { AttributeValues } from "./schemas";
import { getAttributeUse } from "./usage";

const db = await testDatabase();
let ctx: Context & { userId: string };
let stranger: Context;

beforeAll(async () => {
  stranger = await makeMember(db.owner, await makeWorkspace(db.owner), "admin");
});

beforeEach(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner), "marketer");
});

async function customersWith(values: AttributeValues[]): Promise<string[]> {
  const ids = await makeCustomers(
    db.owner,
    ctx.workspaceId,
    values.map(() => ({})),
  );
  for (const [at, id] of ids.entries())
    await db.owner`update customers set attributes = ${db.owner.json(values[at] ?? {})} where id = ${id}`;
  return ids;
}

const valuesOf = async (key: string): Promise<unknown[]> =>
  (
    await db.owner`select attributes -> ${key} as value from customers where workspace_id = ${ctx.workspaceId} order by id`
  ).map((row) => row.value);

const define = (key: string, type: "text" | "number" | "boolean" | "date" | "choice", options?: string[]) =>
  createAttribute(ctx, { key, label: key, type, options });

test("what is defined is listed by name, in this workspace only, and each key once", async () => {
  await define("years", "number");
  await define("branch", "choice", ["Pune", "Nashik"]);
  expect((await listAttributes(ctx)).map(({ key, type, options }) => [key, type, options])).toEqual([
    ["branch", "choice", ["Pune", "Nashik"]],
    ["years", "number", []],
  ]);
  expect(await listAttributes(stranger)).toEqual([]);
  await expect(define("years", "text")).rejects.toMatchObject({
    code: "CONFLICT",
    details: { field: "key" },
  });
});

test("defining a key that files brought gives its values the type", async () => {
  await customersWith([{ years: "12" }, { years: 7 }, {}, { years: null }]);
  await define("years", "number");
  expect(await valuesOf("years")).toEqual([12, 7, null, null]);
});

describe("a change of type", () => {
  test("converts the values when none is lost", async () => {
    await customersWith([{ joined: "31/12/2020" }, { joined: "2021-02-03" }]);
    const { id } = await define("joined", "text");
    await changeAttribute(ctx, {
      attributeId: id,
      label: "Joined",
      type: "date",
      options: [],
      description: "",
    });
    expect(await valuesOf("joined")).toEqual(["2020-12-31", "2021-02-03"]);
    expect((await listAttributes(ctx))[0]).toMatchObject({ label: "Joined", type: "date", key: "joined" });
  });

  test("is refused with the number of values that would be lost, and nothing is changed", async () => {
    await customersWith([{ years: "12" }, { years: "many" }, { years: "few" }]);
    const { id } = await define("years", "text");
    const change = { attributeId: id, label: "years", type: "number" as const, options: [], description: "" };
    await expect(changeAttribute(ctx, change)).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringMatching(/^2 customers have values.*“many”, “few”/),
      details: { field: "type", lost: 2 },
    });
    expect(await valuesOf("years")).toEqual(["12", "many", "few"]);
  });
});

test("an option that customers have cannot go; others can, and new ones come", async () => {
  await customersWith([{ kind: "Gold" }]);
  const { id } = await define("kind", "choice", ["gold", "silver"]);
  expect(await valuesOf("kind")).toEqual(["gold"]);
  const to = (options: string[]) =>
    changeAttribute(ctx, { attributeId: id, label: "kind", type: "choice", options, description: "" });
  await expect(to(["silver"])).rejects.toMatchObject({
    code: "CONFLICT",
    details: { field: "options", lost: 1 },
  });
  await to(["gold", "bronze"]);
  expect((await listAttributes(ctx))[0]?.options).toEqual(["gold", "bronze"]);
});

test("archiving keeps the values, and can be taken back", async () => {
  await customersWith([{ kind: "a" }]);
  const { id } = await define("kind", "text");
  await setAttributeArchived(ctx, { attributeId: id, archived: true });
  expect((await listAttributes(ctx))[0]?.archived).toBe(true);
  await setAttributeArchived(ctx, { attributeId: id, archived: false });
  expect((await listAttributes(ctx))[0]?.archived).toBe(false);
  expect(await valuesOf("kind")).toEqual(["a"]);
  const entries = await db.owner`
    select action from audit_entries where workspace_id = ${ctx.workspaceId} order by id`;
  expect(entries.map((entry) => entry.action)).toEqual([
    "attribute.created",
    "attribute.archived",
    "attribute.restored",
  ]);
});

test("the use counts customers with a value, and shows keys without a definition", async () => {
  await customersWith([{ kind: "a", score: 1 }, { kind: null, score: 2 }, { kind: "b" }]);
  await define("kind", "text");
  const { attributes, undefinedKeys } = await getAttributeUse(ctx);
  expect(attributes.map(({ key, customers }) => [key, customers])).toEqual([["kind", 2]]);
  expect(undefinedKeys).toEqual([{ key: "score", customers: 2, type: "number" }]);
});

test("the use names the segments, campaigns and templates that speak of it, and no others", async () => {
  await define("kind", "text");
  await define("kind_of_car", "text");
  const rule: Rule = { match: "all", of: [{ on: "customer", field: "attribute:kind", op: "known" }] };
  await createSegment(ctx, { name: "Of a kind", rule });
  const gone = await createSegment(ctx, { name: "Out of use", rule });
  await setSegmentArchived(ctx, { id: gone.id, archived: true });
  const body = "Your car: {{attribute.kind_of_car}}";
  const draft = await makeCampaign(db.owner, ctx, { name: "Motor drive", body });
  await makeCampaign(db.owner, ctx, { name: "Of last year", body, status: "completed" });
  await saveFromCampaign(ctx, { campaignId: draft, name: "Motor template" });
  const { attributes } = await getAttributeUse(ctx);
  expect(
    attributes.map(({ key, usedBy }) => [key, usedBy.map(({ kind, name }) => `${kind} ${name}`)]),
  ).toEqual([
    ["kind", ["segment Of a kind"]],
    ["kind_of_car", ["campaign Motor drive", "template Motor template"]],
  ]);
  expect((await getAttributeUse(stranger)).attributes).toEqual([]);
});

test("a file defines what is not defined, and leaves what is", async () => {
  await define("kind", "text");
  await withTransaction(ctx, (tx) =>
    defineAttributes(tx, ctx, [
      { key: "kind", label: "Other", type: "number" },
      { key: "years", label: "Years", type: "number" },
    ]),
  );
  expect((await listAttributes(ctx)).map(({ key, label, type }) => [key, label, type])).toEqual([
    ["kind", "kind", "text"],
    ["years", "Years", "number"],
  ]);
});

test("another workspace's attribute, an unknown one and a malformed one are all not found", async () => {
  const { id } = await define("kind", "text");
  for (const [who, attributeId] of [
    [stranger, id],
    [ctx, "0198a5f0-0000-7000-8000-000000000000"],
    [ctx, "nonsense"],
  ] as const)
    await expect(setAttributeArchived(who, { attributeId, archived: true })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
});

test("supervisors, agents and advisors define nothing", async () => {
  for (const role of ["supervisor", "agent", "advisor"] as const) {
    const member = await makeMember(db.owner, ctx.workspaceId, role);
    await expect(createAttribute(member, { key: "x", label: "X", type: "text" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(getAttributeUse(member)).rejects.toMatchObject({ code: "FORBIDDEN" });
  }
});
