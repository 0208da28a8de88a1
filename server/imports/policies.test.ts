import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { countsOf, importFile, ownDataDirectory } from "./testing/files";
import {
  FILE,
  fingerprint,
  HEADER,
  payment,
  paymentsOf,
  peopleOf,
  policiesOf,
  SHORT,
  setClock,
} from "./testing/insurer";
import { makeWorkbook } from "./testing/workbook";

const db = await testDatabase();
ownDataDirectory();
let admin: Context;

beforeEach(async () => {
  // A Tuesday morning in India.
  await setClock(db, "2026-03-10T04:00:00Z");
  admin = await makeMember(db.owner, await makeWorkspace(db.owner));
});

async function fingerprintAfterAnother(file: string): Promise<boolean> {
  const before = await fingerprint(db, admin);
  await importFile(admin, file);
  return (await fingerprint(db, admin)) === before;
}

const policy = (values: Record<string, unknown>) => ({
  name: "Asha Rao",
  status: "in_force",
  assured: null,
  mode: "yearly",
  debit: false,
  renewal: null,
  grace: 30,
  ...values,
});
describe("the insurer's file", () => {
  test("makes customers once, their policies, and what is due", async () => {
    const result = await importFile(admin, FILE);
    expect(countsOf(result)).toEqual({ created: 4, updated: 0, unchanged: 0, rejected: 0 });
    expect(result.records).toEqual({
      customers: { created: 3, updated: 0, unchanged: 0, closed: 0 },
      policies: { created: 4, updated: 0, unchanged: 0, closed: 0 },
      payments: { created: 3, updated: 0, unchanged: 0, closed: 0 },
    });
    expect(result.checked).toMatchObject({ created: 4, records: result.records });
    expect(await peopleOf(db, admin)).toMatchObject([
      { name: "Asha Rao", phone: "+919876500001", email: "asha@example.com" },
      { name: "Meena Iyer", phone: null, email: null },
      { name: "Ravi Kumar", phone: "+919876500002" },
    ]);
    expect(await policiesOf(db, admin)).toEqual([
      policy({
        number: "END003",
        name: "Ravi Kumar",
        type: "endowment",
        product: "Jeevan Samriddhi",
        status: "lapsed",
        premium: "1500500000",
        assured: "300000000000",
        mode: "monthly",
        debit: true,
        start: "2019-02-10",
        renewal: "2026-01-10",
        grace: 15,
      }),
      policy({
        number: "HLT002",
        type: "health",
        product: "Arogya Family Floater",
        // Due on 1 March, thirty days of grace.
        status: "in_grace",
        premium: "8000000000",
        assured: "500000000000",
        mode: "half_yearly",
        start: "2022-01-01",
        renewal: "2026-03-01",
      }),
      policy({
        number: "PEN004",
        name: "Meena Iyer",
        type: "pension",
        product: "Nishchint Pension",
        status: "paid_up",
        premium: "100000000000",
        mode: "single",
        start: "2015-06-01",
      }),
      policy({
        number: "TRM001",
        type: "term",
        product: "Suraksha Term Shield",
        premium: "12345000000",
        assured: "5000000000000",
        debit: true,
        start: "2020-03-15",
        renewal: "2026-03-15",
      }),
    ]);
    expect(await paymentsOf(db, admin)).toEqual([
      payment("END003", "2026-01-10", "overdue", { amount: "1500500000" }),
      payment("HLT002", "2026-03-01", "overdue", { amount: "8000000000" }),
      payment("TRM001", "2026-03-15", "due", { amount: "12345000000" }),
    ]);
    const touched = await db.owner<{ kinds: string[] }[]>`
      select kinds from touched_customers where workspace_id = ${admin.workspaceId} order by kinds`;
    expect(touched.map((mark) => mark.kinds)).toEqual([
      ["payment", "policy", "profile"],
      ["payment", "policy", "profile"],
      ["policy", "profile"],
    ]);
  });

  test("a second time changes nothing at all, also as a workbook with the columns turned round", async () => {
    await importFile(admin, FILE);
    const before = await fingerprint(db, admin);
    const again = await importFile(admin, FILE);
    expect(countsOf(again)).toEqual({ created: 0, updated: 0, unchanged: 4, rejected: 0 });
    expect(again.records).toEqual({
      customers: { created: 0, updated: 0, unchanged: 3, closed: 0 },
      policies: { created: 0, updated: 0, unchanged: 4, closed: 0 },
      payments: { created: 0, updated: 0, unchanged: 3, closed: 0 },
    });
    const workbook = makeWorkbook([
      {
        name: "Due list",
        rows: [
          ["Renewal list of 10 March 2026"],
          [],
          ["Next Due Date", "Policy No", "Policy Holder", "Premium Amount", "Mobile No", "Mode"],
          [{ serial: 46_096 }, "TRM001", "Asha Rao", { serial: 12_345, style: 4 }, 9_876_500_001, "Annual"],
          [{ serial: 46_082, style: 2 }, "HLT002", "Asha Rao", 8_000, 9_876_500_001, "HLY"],
        ],
      },
    ]);
    const third = await importFile(admin, workbook);
    expect(third.workbook).toEqual({ sheet: "Due list", sheets: ["Due list"] });
    expect(countsOf(third)).toEqual({ created: 0, updated: 0, unchanged: 2, rejected: 0 });
    expect(await fingerprint(db, admin)).toBe(before);
  });

  test("of the next day closes what was paid, says what changed, and leaves alone what it does not name", async () => {
    await importFile(admin, FILE);
    await setClock(db, "2026-03-20T04:00:00Z");
    const next = `${HEADER}TRM001,Asha Rao,9876500001,,,Suraksha Term Shield,In Force,15/03/2020,YLY,12345,5000000,15/03/2027,Yes
END003,Ravi Kumar,9876500002,,,Jeevan Samriddhi,In Force,10.02.2019,Monthly,1500.50,300000,10/04/2026,E-NACH
`;
    const result = await importFile(admin, next);
    expect(countsOf(result)).toEqual({ created: 0, updated: 2, unchanged: 0, rejected: 0 });
    expect(result.records.payments).toEqual({ created: 2, updated: 0, unchanged: 0, closed: 2 });
    expect(await paymentsOf(db, admin)).toEqual([
      payment("END003", "2026-01-10", "paid", { amount: "1500500000", paid: "2026-03-20" }),
      payment("END003", "2026-04-10", "due", { amount: "1500500000" }),
      payment("HLT002", "2026-03-01", "overdue", { amount: "8000000000" }),
      payment("TRM001", "2026-03-15", "paid", { amount: "12345000000", paid: "2026-03-20" }),
      payment("TRM001", "2027-03-15", "due", { amount: "12345000000" }),
    ]);
    expect(
      (await policiesOf(db, admin)).map(({ number, status, renewal }) => [number, status, renewal]),
    ).toEqual([
      ["END003", "in_force", "2026-04-10"],
      ["HLT002", "in_grace", "2026-03-01"],
      ["PEN004", "paid_up", null],
      ["TRM001", "in_force", "2027-03-15"],
    ]);
    expect(result.differences.map(({ kind, title, action }) => [kind, title, action]).sort()).toEqual([
      ["payment", "END003", "closed"],
      ["payment", "END003", "created"],
      ["payment", "TRM001", "closed"],
      ["payment", "TRM001", "created"],
      ["policy", "END003", "updated"],
      ["policy", "TRM001", "updated"],
    ]);
    expect(await fingerprintAfterAnother(next)).toBe(true);
  });
});

describe("a policy in several rows", () => {
  test("has an instalment in each, the earliest first", async () => {
    const file = `${SHORT}P1,Asha,9876500001,1000,Monthly,01/01/2026,,
P1,Asha,9876500001,1000,Monthly,01/02/2026,,
P1,Asha,9876500001,1200,Monthly,01/03/2026,,
`;
    const first = await importFile(admin, file);
    expect(countsOf(first)).toEqual({ created: 1, updated: 2, unchanged: 0, rejected: 0 });
    expect(first.checked).toMatchObject({ created: 1, updated: 2, records: first.records });
    expect(await paymentsOf(db, admin)).toMatchObject([
      { due: "2026-01-01", status: "overdue", amount: "1000000000" },
      { due: "2026-02-01", status: "overdue" },
      { due: "2026-03-01", status: "overdue", amount: "1200000000" },
    ]);
    expect((await policiesOf(db, admin))[0]).toMatchObject({ renewal: "2026-01-01", premium: "1000000000" });
    expect(await fingerprintAfterAnother(file)).toBe(true);
  });

  test.each([
    [
      "the same due date twice",
      "P1,Asha,9876500001,1000,Monthly,01/03/2026,,\n",
      /repeats row 1 of this file\./,
    ],
    [
      "an earlier due date below",
      "P1,Asha,9876500001,1000,Monthly,01/02/2026,,\n",
      /Row 1 .* later due date.*Sort/,
    ],
    ["another customer", "P1,Bela,9876500009,1000,Monthly,01/04/2026,,\n", null],
  ])("%s", async (_name, line, reason) => {
    const file = `${SHORT}P1,Asha,9876500001,1000,Monthly,01/03/2026,,\n${line}`;
    const result = await importFile(admin, file);
    // Without an external id the policy itself says whose it is.
    if (reason) expect(result.examples).toMatchObject([{ reason: expect.stringMatching(reason) }]);
    else expect(await peopleOf(db, admin)).toMatchObject([{ name: "Asha" }]);
  });
});

test("the dry run says what the import does, also where a customer's rows lie thousands apart", async () => {
  // The statistics of a workspace that imports each day: they know every import but this one.
  await db.owner`analyze`;
  const lines = Array.from(
    { length: 5_200 },
    (_, at) =>
      `C${at % 1_700},P${at},Person ${at % 1_700},98765${String(at % 1_700).padStart(5, "0")},${1_000 + at},Yearly,01/04/2026\n`,
  );
  const file = `Client ID,Policy No,Name,Mobile,Premium,Mode,Due Date\n${lines.join("")}`;
  const first = await importFile(admin, file);
  expect(first.records).toEqual({
    customers: { created: 1_700, updated: 0, unchanged: 0, closed: 0 },
    policies: { created: 5_200, updated: 0, unchanged: 0, closed: 0 },
    payments: { created: 5_200, updated: 0, unchanged: 0, closed: 0 },
  });
  expect(first.checked?.records).toEqual(first.records);
  const [counted] = await db.owner`
    select (select count(*)::int from customers where workspace_id = ${admin.workspaceId}) as customers,
      (select count(*)::int from policies where workspace_id = ${admin.workspaceId}) as policies`;
  expect(counted).toEqual({ customers: 1_700, policies: 5_200 });
  expect(await fingerprintAfterAnother(file)).toBe(true);
}, 60_000);

test("another workspace's customers and policies are never matched", async () => {
  const other = await makeMember(db.owner, await makeWorkspace(db.owner));
  await makeCustomers(db.owner, other.workspaceId, [{ phone: "+919876500001", name: "Asha Rao" }]);
  await importFile(other, FILE);
  const before = await fingerprint(db, other);
  expect(countsOf(await importFile(admin, FILE))).toMatchObject({ created: 4 });
  expect(await fingerprint(db, other)).toBe(before);
});
