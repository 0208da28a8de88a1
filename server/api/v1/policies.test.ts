import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeWorkspace } from "@/db/testing/factories";
import { call } from "./testing/call";
import { expectDocumented } from "./testing/expect-documented";
import { keyOf } from "./testing/world";

const db = await testDatabase();
let key: string;

beforeEach(async () => {
  key = await keyOf(db.owner, await makeWorkspace(db.owner));
});

test("policies and payments are written, read and corrected in major units, and move the policy", async () => {
  const made = await call("POST", "/customers", { key, body: { external_id: "C1", name: "Asha" } });
  const id = made.body.data.results[0].customer_id;
  const added = await call("POST", `/customers/${id}/policies`, {
    key,
    body: {
      policy_number: "TRM1",
      policy_type: "term",
      product_name: "Term",
      premium: 12_345.5,
      payment_mode: "yearly",
      renewal_date: "2031-04-01",
    },
  });
  expectDocumented("createPolicy", added);
  expect([added.status, added.body.data]).toMatchObject([201, { premium: 12_345.5, status: "in_force" }]);
  const policy = added.body.data.policy_id;
  const paid = await call("POST", `/policies/${policy}/payments`, {
    key,
    body: { due_date: "2026-04-01", amount: 12_345.5, status: "open" },
  });
  expectDocumented("recordPayment", paid);
  const corrected = await call("PUT", `/payments/${paid.body.data.payment_id}`, {
    key,
    body: { due_date: "2026-04-01", amount: 12_345.5, status: "paid", paid_on: "2026-03-28" },
  });
  expect(corrected.status).toBe(200);
  const first = await call("GET", `/policies/${policy}/payments?limit=1`, { key });
  expectDocumented("listPayments", first);
  // Being paid, it is followed by the next one that is due.
  const rest = await call("GET", `/policies/${policy}/payments?cursor=${first.body.next_cursor}`, { key });
  expect(rest.body.data).toMatchObject([{ status: "paid", amount: 12_345.5, paid_on: "2026-03-28" }]);
  const changed = await call("PUT", `/policies/${policy}`, { key, body: { premium: 20_000 } });
  expectDocumented("updatePolicy", changed);
  expect(changed.body.data.premium).toBe(20_000);
  const twice = await call("POST", `/customers/${id}/policies`, {
    key,
    body: { ...added.body.data, policy_number: "TRM1" },
  });
  expect(twice.status).toBe(422);
  expectDocumented("listCustomerPolicies", await call("GET", `/customers/${id}/policies`, { key }));
});
