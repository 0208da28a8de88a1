import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { createKey } from "@/server/api-keys";
import { successSchema } from "./envelope";
import { getCustomers } from "./list-customers";
import { call } from "./testing/call";

const db = await testDatabase();
let key: string;

beforeEach(async () => {
  const admin = await makeMember(db.owner, await makeWorkspace(db.owner));
  key = (await createKey(admin, { name: "CRM", scopes: ["*"] })).key;
});

const upsert = (body: unknown) => call("POST", "/customers", { key, body });

test("finds a customer by a whole external id, phone or e-mail", async () => {
  const { body } = await upsert({
    customers: [
      { external_id: "E-1", name: "Asha", phone: "98200 12345", email: "Asha@example.test" },
      { external_id: "E-12", name: "Ravi", phone: "98200 12346", email: "asha@example.test.in" },
    ],
  });
  const id = body.data.results[0].customer_id;
  for (const filter of ["external_id=E-1", "phone=09820012345", "email=ASHA@example.test"]) {
    const listed = await call("GET", `/customers?${filter}`, { key });
    successSchema(getCustomers.data, true).parse(listed.body);
    expect([filter, listed.body.total, listed.body.data[0]?.customer_id]).toEqual([filter, 1, id]);
  }
  expect((await call("GET", "/customers?external_id=E-2", { key })).body.total).toBe(0);
  const none = await call("GET", "/customers?phone=12", { key });
  expect([none.status, none.body.error.details.field]).toEqual([422, "phone"]);
});

test.each([
  ["/customers?externalid=E-1", "externalid"],
  ["/suppressions?adress=asha@example.test", "adress"],
  ["/conversions?campaign=1", "campaign"],
  ["/customers?tier=platinium", "tier"],
  ["/customers?tier=gold&tier=golden", "tier"],
  ["/customers?stop=dead", "stop"],
  ["/customers?consent=email", "consent"],
  ["/customers?segment=renewals", "segment"],
  ["/customers?attribute=plan", "attribute"],
])("a filter that there is not is refused, not ignored: %s", async (address, named) => {
  const { status, body } = await call("GET", address, { key });
  expect([status, body.message]).toEqual([422, expect.stringContaining(named)]);
});

test("several values of a filter mean any of them", async () => {
  await upsert({
    customers: ["gold", "silver", "bronze"].map((tier) => ({ external_id: tier, name: tier, tier })),
  });
  const total = async (query: string) => (await call("GET", `/customers?${query}`, { key })).body.total;
  expect([
    await total("tier=gold&tier=silver"),
    await total("tier=gold"),
    await total("search=%00gol"),
  ]).toEqual([2, 1, 1]);
});
