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

test("addresses are suppressed, each read for its kind, and listed without being shown", async () => {
  const added = await call("POST", "/suppressions", {
    key,
    body: {
      channels: ["email", "sms"],
      addresses: ["asha@example.test", "9820012345", "nonsense"],
      reason: "do_not_disturb",
    },
  });
  expectDocumented("addSuppressions", added);
  expect([added.status, added.body.data]).toMatchObject([
    201,
    { added: 2, known: 0, refused: [{ address: "nonsense" }] },
  ]);
  const listed = await call("GET", "/suppressions?address=asha@example.test", { key });
  expectDocumented("listSuppressions", listed);
  expect(listed.body).toMatchObject({ total: 1, data: [{ channel: "email", reason: "do_not_disturb" }] });
  expect(JSON.stringify(listed.body)).not.toContain("asha@");
});
