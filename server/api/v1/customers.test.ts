import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { createKey } from "@/server/api-keys";
import { createAttribute } from "@/server/attributes/create";
import { listAuditEntries } from "@/server/audit/list";
import type { Context } from "@/server/platform/context";
import { call } from "./testing/call";
import { expectDocumented } from "./testing/expect-documented";

const db = await testDatabase();
let admin: Context & { userId: string };
let key: string;

beforeEach(async () => {
  admin = await makeMember(db.owner, await makeWorkspace(db.owner));
  key = (await createKey(admin, { name: "CRM", scopes: ["*"] })).key;
});

const upsert = (body: unknown) => call("POST", "/customers", { key, body });

describe("upserting", () => {
  test("adds a customer and changes the one with the same external id, phone or e-mail", async () => {
    const first = await upsert({ external_id: "C1", name: "Asha Rao", phone: "98200 12345", tier: "gold" });
    expectDocumented("upsertCustomers", first);
    expect([first.status, first.body.data.results]).toMatchObject([201, [{ status: "created" }]]);
    const id = first.body.data.results[0].customer_id;
    for (const ref of [{ external_id: "C1" }, { phone: "+919820012345" }]) {
      const again = await upsert({ ...ref, city: "Pune" });
      expect([again.status, again.body.data.results]).toMatchObject([
        200,
        [{ status: "updated", customer_id: id }],
      ]);
    }
    const { body } = await call("GET", `/customers/${id}`, { key });
    expectDocumented("getCustomer", { body });
    // What was left out stayed.
    expect(body.data).toMatchObject({
      external_id: "C1",
      name: "Asha Rao",
      phone: "+919820012345",
      tier: "gold",
      city: "Pune",
    });
    const { rows } = await listAuditEntries(admin, { subjectId: id });
    expect(rows.map(({ actorKind, actorName, action }) => [actorKind, actorName, action])).toEqual([
      ["api_key", "CRM", "customer.updated"],
      ["api_key", "CRM", "customer.created"],
    ]);
  });

  test("fifty times at once with one phone makes one customer", async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => upsert({ phone: "+919820012345", name: "Asha Rao" })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(answers.map(({ body }) => body.data.results[0].customer_id)).size).toBe(1);
  });

  test("a batch judges each customer by itself", async () => {
    const answer = await upsert({
      customers: [
        { external_id: "C1", name: "Asha Rao" },
        { external_id: "C2", name: "Imran", phone: "12" },
        { name: "Nobody" },
        { external_id: "C3", name: "Ravi", shoe_size: 44 },
        { external_id: "C4" },
        { external_id: "C1", tier: "silver" },
      ],
    });
    expectDocumented("upsertCustomers", answer);
    expect(answer.status).toBe(200);
    expect(answer.body.data).toMatchObject({ created: 1, updated: 1, refused: 4 });
    expect(answer.body.data.results.map(({ status }: { status: string }) => status)).toEqual([
      "created",
      "refused",
      "refused",
      "refused",
      "refused",
      "updated",
    ]);
    expect(answer.body.data.results[3].reason).toContain("shoe_size");
  });

  test("a defect of ours at one customer of a batch is that one’s outcome, and nothing else is claimed", async () => {
    await db.owner.unsafe(`
      create function break_down() returns trigger language plpgsql as 'begin raise exception ''a defect''; end';
      create trigger break_down before insert on customers for each row when (new.name = 'Defect') execute function break_down()`);
    try {
      const named = (name: string) => ({ external_id: name, name });
      const answer = await upsert({ customers: ["Asha", "Defect", "Ravi"].map(named) });
      expectDocumented("upsertCustomers", answer);
      expect(answer.body.data).toMatchObject({ created: 2, refused: 1 });
      expect(answer.body.data.results[1].reason).toContain(answer.headers.get("x-request-id"));
      const single = await upsert(named("Defect"));
      expect([single.status, single.body.message]).toEqual([500, expect.not.stringContaining("Nothing")]);
    } finally {
      await db.owner`drop function break_down() cascade`;
    }
  });

  test("a single one that cannot be taken is a 422 with the field", async () => {
    const { status, body } = await upsert({ external_id: "C1", name: "Asha", birth_date: "31/03/1990" });
    expect(status).toBe(422);
    expect(body.error).toMatchObject({
      code: "validation_failed",
      details: { issues: [{ path: "birth_date" }] },
    });
  });
});

describe("an edit", () => {
  test("sets all tags, and is refused for a state that stands no more", async () => {
    const made = await upsert({ external_id: "C1", name: "Asha", tags: ["vip", "pune"] });
    const id = made.body.data.results[0].customer_id;
    const read = await call("GET", `/customers/${id}`, { key });
    expect(read.body.data.tags.toSorted()).toEqual(["pune", "vip"]);
    const put = (body: object, etag?: string | null) =>
      call("PUT", `/customers/${id}`, { key, body, headers: etag ? { "if-match": etag } : {} });
    const first = await put({ tags: ["vip", "mumbai"] }, read.headers.get("etag"));
    expectDocumented("updateCustomer", first);
    expect(first.body.data.tags.toSorted()).toEqual(["mumbai", "vip"]);
    const stale = await put({ city: "Pune" }, read.headers.get("etag"));
    expect([stale.status, stale.body.error.code]).toEqual([412, "precondition_failed"]);
    const again = await put({ city: "Pune" }, stale.body.error.details.current_etag);
    expect([again.status, again.body.data.city]).toEqual([200, "Pune"]);
    const both = await Promise.all(
      [1, 2, 3].map((nth) => put({ city: `City ${nth}` }, again.headers.get("etag"))),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 412, 412]);
  });
});

describe("custom attributes", () => {
  beforeEach(async () => {
    for (const [attribute, type, options] of [
      ["branch", "text", []],
      ["children", "number", []],
      ["smoker", "boolean", []],
      ["joined", "date", []],
      ["plan", "choice", ["Basic", "Plus"]],
    ] as const)
      await createAttribute(admin, { label: attribute, key: attribute, type, options: [...options] });
  });

  test("of every type come in, are read back with their type, and go with null", async () => {
    const given = { branch: "Pune West", children: 2.5, smoker: false, joined: "2020-02-29", plan: "Plus" };
    const made = await upsert({ external_id: "C1", name: "Asha", attributes: given });
    const id = made.body.data.results[0].customer_id;
    const read = async () => (await call("GET", `/customers/${id}`, { key })).body.data.attributes;
    expect(await read()).toEqual(given);
    await call("PUT", `/customers/${id}`, { key, body: { attributes: { smoker: true, children: null } } });
    expect(await read()).toEqual({ branch: "Pune West", smoker: true, joined: "2020-02-29", plan: "Plus" });
    const listed = await call("GET", "/customers?attribute=plan:Plus&attribute=smoker:true", { key });
    expectDocumented("listCustomers", listed);
    expect(listed.body).toMatchObject({ total: 1, data: [{ customer_id: id }] });
  });

  test.each([
    ["children", "many"],
    ["smoker", "perhaps"],
    ["joined", "2021-02-29"],
    ["plan", "Gold"],
    ["branch", "x".repeat(501)],
    ["nobody_defined_it", "x"],
  ])("%s is not %s", async (attribute, value) => {
    const { status, body } = await upsert({
      external_id: "C1",
      name: "A",
      attributes: { [attribute]: value },
    });
    expect([status, body.error.details.field]).toEqual([422, `attributes.${attribute}`]);
  });
});

describe("consents", () => {
  const granted = {
    action: "granted",
    channel: "sms",
    purpose: "promotional",
    source: "website",
    text_shown: "Send me offers by SMS",
    evidence: "form 4711",
  };

  test("are written into the ledger with source and evidence, once, and withdrawn", async () => {
    const customer = { external_id: "C1", name: "Asha", phone: "+919820012345" };
    const first = await upsert({ ...customer, consents: [granted] });
    expect(first.body.data.results[0].consents).toMatchObject([{ channel: "sms", status: "recorded" }]);
    const again = await upsert({ ...customer, consents: [granted] });
    expect(again.body.data.results[0].consents).toMatchObject([{ status: "unchanged" }]);
    await upsert({
      ...customer,
      consents: [{ action: "withdrawn", channel: "sms", purpose: "promotional" }],
    });
    const rows = await db.owner`select action, source, text_shown, evidence from consents
      where workspace_id = ${admin.workspaceId} order by id`;
    expect(rows).toMatchObject([
      {
        action: "granted",
        source: "website",
        text_shown: granted.text_shown,
        evidence: { reference: "form 4711" },
      },
      { action: "withdrawn", source: "api" },
    ]);
  });

  test("without the words and the proof are refused, and the customer with them", async () => {
    const { text_shown: _, ...bare } = granted;
    const { status, body } = await upsert({ external_id: "C1", name: "Asha", consents: [bare] });
    expect([status, body.error.details.issues[0].path]).toEqual([422, "consents.0.text_shown"]);
    const rows = await db.owner`select 1 from customers where workspace_id = ${admin.workspaceId}`;
    expect(rows).toHaveLength(0);
  });
});

describe("one customer and the list", () => {
  test("pages by cursor without losing or repeating anybody", async () => {
    await upsert({
      customers: Array.from({ length: 120 }, (_, n) => ({ external_id: `C${n}`, name: `Customer ${n % 7}` })),
    });
    const seen: string[] = [];
    let cursor: string | null | undefined = "";
    for (let page = 0; page < 5 && cursor !== null; page++) {
      const answer = await call("GET", `/customers?sort=name${cursor ? `&cursor=${cursor}` : ""}`, { key });
      expectDocumented("listCustomers", answer);
      expect(answer.body.total).toBe(120);
      seen.push(...answer.body.data.map((row: { customer_id: string }) => row.customer_id));
      cursor = answer.body.next_cursor;
    }
    expect([seen.length, new Set(seen).size]).toEqual([120, 120]);
    const broken = await call("GET", "/customers?cursor=here", { key });
    expect(broken.status).toBe(422);
  });

  test("another workspace’s key sees none of it, and erasing is asked for once", async () => {
    const made = await upsert({ external_id: "C1", name: "Asha", email: "asha@example.test" });
    const id = made.body.data.results[0].customer_id;
    const stranger = await makeMember(db.owner, await makeWorkspace(db.owner));
    const foreign = (await createKey(stranger, { name: "x", scopes: ["*"] })).key;
    for (const method of ["GET", "PUT", "DELETE"])
      expect(
        (await call(method, `/customers/${id}`, { key: foreign, ...(method === "PUT" ? { body: {} } : {}) }))
          .status,
      ).toBe(404);
    expect((await call("GET", "/customers", { key: foreign })).body).toMatchObject({ total: 0, data: [] });
    const erased = await call("DELETE", `/customers/${id}`, { key });
    expectDocumented("eraseCustomer", erased);
    expect(erased.status).toBe(202);
    expect((await call("DELETE", `/customers/${id}`, { key })).status).toBe(409);
  });
});
