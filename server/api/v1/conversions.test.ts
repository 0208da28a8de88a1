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

test("a conversion is recorded, listed in major units, corrected, and taken out", async () => {
  await call("POST", "/customers", { key, body: { external_id: "C1", name: "Asha" } });
  const one = { id: "order-1", customer: { external_id: "C1" }, value: 12_500.55 };
  const made = await call("POST", "/conversions", { key, body: one });
  expectDocumented("recordConversions", made);
  expect([made.status, made.body.data]).toMatchObject([
    201,
    { recorded: 1, results: [{ status: "recorded", campaign_id: null }] },
  ]);
  const batch = await call("POST", "/conversions", { key, body: { conversions: [one, {}] } });
  expect(batch.body.data).toMatchObject({ recorded: 0, duplicates: 1, refused: 1 });
  const read = async () => {
    const listed = await call("GET", "/conversions", { key });
    expectDocumented("listConversions", listed);
    return listed.body.data;
  };
  expect(await read()).toMatchObject([{ value: 12_500.55, currency: "INR", source: "api" }]);
  const id = made.body.data.results[0].conversion_id;
  const patch = (body: unknown) => call("PATCH", `/conversions/${id}`, { key, body });
  expect((await patch({ value: 10, discounted_for: "duplicate" })).status).toBe(200);
  expect(await read()).toMatchObject([{ value: 10, discounted_for: "duplicate" }]);
  expect((await patch({})).status).toBe(422);
  expect((await patch({ discounted_for: "because" })).status).toBe(422);
});
