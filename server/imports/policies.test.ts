import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { createAttribute } from "@/server/attributes/create";
import type { Context } from "@/server/platform/context";
import { paymentsAge } from "@/server/policies";
import { configureImport } from "./configure";
import { getImport } from "./get";
import { checkAndRun, countsOf, importFile, ownDataDirectory, pieces, uploadFile } from "./testing/files";
import { fingerprint, paymentsOf, peopleOf, policiesOf, setClock } from "./testing/insurer";
import { type Cell, makeWorkbook } from "./testing/workbook";
import { uploadImport } from "./upload";

const db = await testDatabase();
ownDataDirectory();
let admin: Context;

beforeEach(async () => {
  // A Tuesday morning in India.
  await setClock(db, "2026-03-10T04:00:00Z");
  admin = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const HEADER =
  "Policy No,Policy Holder,Mobile No,Email Id,DOB,Plan Name,Policy Status,DOC,Mode,Premium Amount,Sum Assured,Next Due Date,NACH\n";
const FILE = `${HEADER}TRM001,Asha Rao,9876500001,asha@example.com,5-Mar-79,Suraksha Term Shield,In Force,15/03/2020,YLY,"₹12,345.00","Rs. 50,00,000/-",15/03/2026,Yes
HLT002,ASHA RAO,9876500001,,,Arogya Family Floater,IF,01-Jan-22,Half Yearly,8000,5 lakh,01/03/2026,Cash
END003,Ravi Kumar,9876500002,ravi@example.com,1980-12-31,Jeevan Samriddhi,Lapsed,10.02.2019,Monthly,1500.50,300000,10/01/2026,E-NACH
PEN004,Meena Iyer,,,,Nishchint Pension,Paid Up,2015-06-01,Single Premium,100000,,,No
`;

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
const payment = (number: string, due: string, status: string, more: { amount: string; paid?: string }) => ({
  number,
  due,
  status,
  amount: more.amount,
  paid: more.paid ?? null,
  own: true,
});

const SHORT = "Policy No,Name,Mobile,Premium,Mode,Due Date,Payment Status,Paid On\n";

describe("a payment that the file calls paid", () => {
  test("is paid on its day, and the policy falls due next as it began", async () => {
    const head = "Policy No,Name,Mobile,Premium,Mode,DOC,Due Date,Payment Status,Paid On\n";
    const file = `${head}P1,Asha,9876500001,1000,Yearly,29/02/2024,28/02/2026,Paid,27-Feb-26\n`;
    const result = await importFile(admin, file);
    expect(await paymentsOf(db, admin)).toEqual([
      payment("P1", "2026-02-28", "paid", { amount: "1000000000", paid: "2026-02-27" }),
    ]);
    // Of a policy of 29 February the leap year has its own day again.
    expect((await policiesOf(db, admin))[0]).toMatchObject({ renewal: "2027-02-28" });
    const leap = `${head}P1,Asha,9876500001,1000,Yearly,29/02/2024,28/02/2027,Paid,27-Feb-26\n`;
    await importFile(admin, leap);
    expect((await policiesOf(db, admin))[0]).toMatchObject({ renewal: "2028-02-29" });
    expect(result.rowsRejected).toBe(0);
  });

  test("and then bounced is failed, until the insurer says otherwise", async () => {
    await importFile(admin, `${SHORT}P1,Asha,9876500001,1000,Yearly,01/03/2026,Paid,02/03/2026\n`);
    await importFile(admin, `${SHORT}P1,Asha,9876500001,1000,Yearly,01/03/2026,NACH Return,\n`);
    expect(await paymentsOf(db, admin)).toEqual([
      payment("P1", "2026-03-01", "failed", { amount: "1000000000" }),
    ]);
    // A list that only names the due date says nothing of the bounce.
    const plain = "Policy No,Name,Mobile,Premium,Mode,Due Date\nP1,Asha,9876500001,1000,Yearly,01/03/2026\n";
    await importFile(admin, plain);
    expect(await paymentsOf(db, admin)).toEqual([
      payment("P1", "2026-03-01", "failed", { amount: "1000000000" }),
    ]);
  });

  test("is not taken back by a file that is older than the money", async () => {
    const due = `${SHORT}P1,Asha,9876500001,1000,Yearly,01/03/2026,Due,\n`;
    await importFile(admin, due);
    await db.owner`
      update premium_payments set status = 'paid', paid_at = '2026-03-10T03:00:00Z' where workspace_id = ${admin.workspaceId}`;
    await importFile(admin, due, { options: { paymentsAsOf: "2026-03-09" } });
    expect(await paymentsOf(db, admin)).toMatchObject([{ status: "paid", paid: "2026-03-10" }]);
    await setClock(db, "2026-03-12T04:00:00Z");
    await importFile(admin, due);
    expect(await paymentsOf(db, admin)).toMatchObject([{ status: "overdue", paid: null }]);
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

describe("whose a policy is", () => {
  test("members of a family who share a phone keep their own, day after day", async () => {
    const file = `${SHORT}P1,Ravi Rao,9876500001,1000,Yearly,01/04/2026,,
P2,Asha Rao,9876500001,2000,Yearly,01/05/2026,,
P3,RAVI KUMAR RAO,9876500001,3000,Yearly,01/06/2026,,
`;
    await importFile(admin, file);
    expect((await policiesOf(db, admin)).map(({ number, name }) => [number, name])).toEqual([
      ["P1", "Ravi Rao"],
      ["P2", "Asha Rao"],
      ["P3", "Ravi Rao"],
    ]);
    expect(await fingerprintAfterAnother(file)).toBe(true);
  });

  test("its holder gets a new phone from the file, and a stranger's policy is no one else's", async () => {
    await importFile(admin, `${SHORT}P1,Asha Rao,9876500001,1000,Yearly,01/04/2026,,\n`);
    const result = await importFile(admin, `${SHORT}P1,Asha Rao,9876500002,1000,Yearly,01/04/2026,,\n`);
    expect(result.records.customers).toMatchObject({ created: 0, updated: 1 });
    await importFile(admin, `${SHORT}P2,Ravi Das,9876500002,1000,Yearly,01/04/2026,,\n`);
    expect(await peopleOf(db, admin)).toMatchObject([
      { name: "Asha Rao", phone: "+919876500002" },
      { name: "Ravi Das", phone: "+919876500002" },
    ]);
  });

  test("an external id of somebody else moves it, with its payments", async () => {
    const head = "Client ID,Policy No,Name,Premium,Mode,Due Date\n";
    await importFile(admin, `${head}C1,P1,Asha,1000,Yearly,01/04/2026\nC2,P2,Ravi,1000,Yearly,01/04/2026\n`);
    const { records } = await importFile(admin, `${head}C2,P1,Ravi,1000,Yearly,01/04/2026\n`);
    expect(records.policies).toMatchObject({ created: 0, updated: 1 });
    expect((await policiesOf(db, admin)).map(({ number, name }) => [number, name])).toEqual([
      ["P1", "Ravi"],
      ["P2", "Ravi"],
    ]);
    expect((await paymentsOf(db, admin)).every((row) => row.own)).toBe(true);
  });

  test("rows that contradict one another about a customer do not flap", async () => {
    const file = `Client ID,Policy No,Name,Mobile,City,Premium,Mode,Due Date
C1,P1,Asha,9876500001,,1000,Yearly,01/04/2026
C1,P2,Asha,9876500002,Pune,1000,Yearly,01/04/2026
`;
    await importFile(admin, file);
    expect(await peopleOf(db, admin)).toMatchObject([{ phone: "+919876500001" }]);
    expect(await fingerprintAfterAnother(file)).toBe(true);
  });

  test("a death claim stops promotion, and no later word of a file starts it again", async () => {
    const head = "Policy No,Name,Mobile,Premium,Mode,Status\n";
    await importFile(admin, `${head}P1,Asha,9876500001,1000,Yearly,Death Claim Intimated\n`);
    await importFile(admin, `${head}P1,Asha,9876500001,1000,Yearly,In Force\n`);
    expect(await peopleOf(db, admin)).toMatchObject([{ stop_state: "death_claim" }]);
  });
});

test("the dry run says what the import does, also where a customer's rows lie thousands apart", async () => {
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

describe("a row that cannot be taken", () => {
  const HEAD = "Policy No,Name,Mobile,Status,Premium,Mode,DOC,Due Date,NACH,Sum Assured\n";
  test.each([
    ["no policy number", ",Asha,9876500001,IF,1000,Yearly,,01/04/2026,,", /There is no policy number/],
    ["a total at the end", ",Total,,,1000,,,,,", /There is no policy number/],
    [
      "a state that nobody knows",
      "P1,Asha,,Sleeping,1000,Yearly,,01/04/2026,,",
      /status “Sleeping” is unknown/,
    ],
    [
      "a new policy without a premium",
      "P1,Asha,,IF,,Yearly,,01/04/2026,,",
      /new here, and the row has no premium/,
    ],
    ["a new policy without a mode", "P1,Asha,,IF,1000,,,01/04/2026,,", /no payment mode/],
    ["a mode that is none", "P1,Asha,,IF,1000,often,,01/04/2026,,", /mode “often” is unknown/],
    [
      "an amount that is none",
      "P1,Asha,,IF,lots,Yearly,,01/04/2026,,",
      /premium “lots” is not an amount in INR/,
    ],
    [
      "a foreign currency",
      "P1,Asha,,IF,$100,Yearly,,01/04/2026,,",
      /premium “\$100” is not an amount in INR/,
    ],
    ["a negative amount", "P1,Asha,,IF,-5,Yearly,,01/04/2026,,", /is not an amount/],
    ["29 February of 2027", "P1,Asha,,IF,1000,Yearly,,29/02/2027,,", /due date “29\/02\/2027” is not a date/],
    ["31 April", "P1,Asha,,IF,1000,Yearly,31-Apr-20,01/04/2026,,", /start date “31-Apr-20” is not a date/],
    [
      "a mandate that is neither",
      "P1,Asha,,IF,1000,Yearly,,01/04/2026,perhaps,",
      /auto-debit “perhaps” is neither/,
    ],
    ["a phone that is none", "P1,Asha,12345,IF,1000,Yearly,,01/04/2026,,", /Indian mobile/],
  ])("%s", async (_name, line, reason) => {
    const good = "P0,Bela,9876500000,IF,1000,Yearly,01/04/2020,01/04/2026,Yes,100000";
    const result = await importFile(admin, `${HEAD}${good}\n${line}\n`);
    expect(countsOf(result)).toEqual({ created: 1, updated: 0, unchanged: 0, rejected: 1 });
    expect(result.examples).toMatchObject([{ rowNumber: 2, reason: expect.stringMatching(reason) }]);
    expect(await policiesOf(db, admin)).toHaveLength(1);
    expect(await peopleOf(db, admin)).toHaveLength(1);
  });

  test("zeros and dashes where a date would stand are no date", async () => {
    const result = await importFile(
      admin,
      `${HEAD}P1,Asha,9876500001,Paid Up,1000,Single,00/00/0000,-,NA,\nP2,Bela,9876500002,IF,1000,Yearly,01/04/2020,01/04/2026,No,\n`,
    );
    expect(result.rowsRejected).toBe(0);
  });

  test("is refused for an attribute that is not what the workspace defined", async () => {
    await createAttribute(admin, { key: "branch_code", label: "Branch code", type: "number" });
    const head = "Policy No,Name,Premium,Mode,Branch Code\n";
    const result = await importFile(admin, `${head}P1,Asha,1000,Yearly,"1,204"\nP2,Bela,1000,Yearly,Pune\n`);
    expect(result.examples).toMatchObject([{ rowNumber: 2, reason: "Branch code is not a number: “Pune”." }]);
    const [row] = await db.owner`select attributes from customers where workspace_id = ${admin.workspaceId}`;
    expect(row?.attributes).toEqual({ branch_code: 1204 });
  });
});

describe("the day that the payments are of", () => {
  const body = `${SHORT}P1,Asha,9876500001,1000,Yearly,01/04/2026,,\n`;
  const upload = async (fileName: string, content: string) => {
    const { importId } = await uploadImport(admin, { fileName, content: pieces(content) });
    return getImport(admin, { importId });
  };
  test.each([
    ["dues 2026-03-05.csv", body, "2026-03-05"],
    ["DueList_05032026_final.csv", body, "2026-03-05"],
    ["renewals 05-Mar-26.csv", body, "2026-03-05"],
    ["dues.csv", `Renewal list as on 07/03/2026,,,,,,,\n\n${body}`, "2026-03-07"],
    ["dues.csv", body.replace("Paid On", "Report Date").replace(",,\n", ",,08/03/2026\n"), "2026-03-08"],
    ["policy 123456789.csv", body, "2026-03-10"],
    ["dues 2027-01-01.csv", body, "2026-03-10"],
  ])("is found in %s", async (fileName, content, day) => {
    expect((await upload(fileName, content)).options.paymentsAsOf).toBe(day);
  });

  test("is asked for, cannot lie ahead, and is none for a file without payments", async () => {
    await expect(uploadFile(admin, body, { options: { paymentsAsOf: "2026-03-11" } })).rejects.toThrow(
      /future/,
    );
    await expect(uploadFile(admin, body, { options: { paymentsAsOf: null } })).rejects.toThrow(
      /Give the day/,
    );
    const people = await upload("people 2026-03-05.csv", "name,phone\nAsha,9876500001\n");
    expect(people.options.paymentsAsOf).toBeNull();
  });

  test("is the age of what we know, which an older file does not raise", async () => {
    expect(await paymentsAge(admin)).toEqual({ asOf: null, hours: null, state: "unknown" });
    await importFile(admin, body, { options: { paymentsAsOf: "2026-03-08" } });
    // Until midnight in India, 18:30 in UTC.
    expect(await paymentsAge(admin)).toMatchObject({ asOf: "2026-03-08T18:30:00Z", state: "stale" });
    await importFile(admin, body);
    expect(await paymentsAge(admin)).toMatchObject({ state: "fresh", hours: expect.closeTo(0, 1) });
    const now = await paymentsAge(admin);
    await importFile(admin, body, { options: { paymentsAsOf: "2026-03-01" } });
    expect((await paymentsAge(admin)).asOf).toBe(now.asOf);
    await importFile(admin, "name,phone\nAsha,9876500001\n");
    expect((await paymentsAge(admin)).asOf).toBe(now.asOf);
  });
});

test("what is due today is not overdue before midnight in the workspace's zone", async () => {
  // 22:00 on the 10th in UTC is 03:30 on the 11th in India.
  await setClock(db, "2026-03-10T22:00:00Z");
  const file = `${SHORT}P1,A,9876500001,1,Yearly,10/03/2026,,\nP2,B,9876500002,1,Yearly,11/03/2026,,\n`;
  await importFile(admin, file);
  expect((await paymentsOf(db, admin)).map((row) => row.status)).toEqual(["overdue", "due"]);
  const auckland = await makeMember(db.owner, await makeWorkspace(db.owner));
  await db.owner`update workspaces set time_zone = 'America/New_York' where id = ${auckland.workspaceId}`;
  await importFile(auckland, file);
  expect((await paymentsOf(db, auckland)).map((row) => row.status)).toEqual(["due", "due"]);
});

describe("a workbook", () => {
  const rows: Cell[][] = [
    ["Policy No", "Name", "Premium", "Mode"],
    ["P1", "Asha", 1000, "Yearly"],
  ];
  test("is read on the sheet that the person chooses, and mapped anew", async () => {
    const bytes = makeWorkbook([
      {
        name: "People",
        rows: [
          ["Name", "Mobile"],
          ["Asha", 9_876_500_001],
        ],
      },
      { name: "Policies", rows },
    ]);
    const { importId } = await uploadImport(admin, { fileName: "book.xlsx", content: pieces(bytes) });
    const read = await getImport(admin, { importId });
    expect(read).toMatchObject({
      workbook: { sheet: "People", sheets: ["People", "Policies"] },
      headers: ["Name", "Mobile"],
    });
    await configureImport(admin, { importId, mapping: {}, options: { ...read.options, sheet: "Policies" } });
    const other = await getImport(admin, { importId });
    expect(other).toMatchObject({
      workbook: { sheet: "Policies" },
      mapping: { "Policy No": "policy_number", Name: "name", Premium: "premium", Mode: "payment_mode" },
    });
    expect(countsOf(await checkAndRun(admin, importId))).toMatchObject({ created: 1, rejected: 0 });
  });

  test("gives the error file back as CSV", async () => {
    const bytes = makeWorkbook([{ name: "P", rows: [...rows, [null, "No number"]] }]);
    const result = await importFile(admin, bytes);
    expect(result.examples).toMatchObject([{ rowNumber: 2, reason: "There is no policy number." }]);
  });
});

test("columns of policies need the policy's number, and the row number is no id for them", async () => {
  const file = "Name,Mobile,Premium,Due Date\nAsha,9876500001,1000,01/04/2026\n";
  await expect(
    uploadFile(admin, file, { mapping: { Name: "name", Mobile: "phone", Premium: "premium" } }),
  ).rejects.toThrow(/column holds the policy number: “Premium” belongs to a policy/);
  await expect(uploadFile(admin, FILE, { options: { rowNumberAsId: true } })).rejects.toThrow(
    /Leave the row number out/,
  );
});

test("another workspace's customers and policies are never matched", async () => {
  const other = await makeMember(db.owner, await makeWorkspace(db.owner));
  await makeCustomers(db.owner, other.workspaceId, [{ phone: "+919876500001", name: "Asha Rao" }]);
  await importFile(other, FILE);
  const before = await fingerprint(db, other);
  expect(countsOf(await importFile(admin, FILE))).toMatchObject({ created: 4 });
  expect(await fingerprint(db, other)).toBe(before);
});
