import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { checkImport } from "./check";
import { getImport } from "./get";
import { runImport } from "./run";
import { countsOf, finishWork, importFile, ownDataDirectory, uploadFile } from "./testing/files";

const db = await testDatabase();
ownDataDirectory();
let admin: Context;

beforeEach(async () => {
  admin = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const customersOf = (ctx: Context) => db.owner`
  select external_id, name, phone, email, language, tier, city, birth_date::text, attributes from customers
  where workspace_id = ${ctx.workspaceId} order by external_id nulls last, name, id`;

/** Changes with any write to the workspace's customers. */
const fingerprint = async (ctx: Context) => {
  const [row] = await db.owner<{ mark: string }[]>`
    select md5(string_agg(xmin::text || ctid::text, ',' order by id)) as mark from customers where workspace_id = ${ctx.workspaceId}`;
  return row?.mark;
};

const HEADER = "id,name,phone,email,tier,language,city,dob,occupation\n";

describe("the bank's 45,211 customers", () => {
  const csv = gunzipSync(readFileSync("db/data/bank-marketing.csv.gz"));
  const lines = csv.toString("latin1").trimEnd().split("\r\n").slice(1);

  test("arrive complete, as an outside count of the file says, and once only", async () => {
    const first = await importFile(admin, csv);
    expect(first.status).toBe("completed");
    expect(first.checked).toEqual({ total: 45_211, created: 45_211, updated: 0, unchanged: 0, rejected: 0 });
    expect(countsOf(first)).toEqual({ created: lines.length, updated: 0, unchanged: 0, rejected: 0 });
    const counted = await db.owner`
      select attributes->>'job' as job, count(*)::int as n, sum((attributes->>'balance')::int)::int as balance
      from customers where workspace_id = ${admin.workspaceId} group by 1 order by 1`;
    const outside = new Map<string, { n: number; balance: number }>();
    for (const line of lines) {
      const cells = line.split(",");
      const sum = outside.get(cells[1] ?? "") ?? { n: 0, balance: 0 };
      outside.set(cells[1] ?? "", { n: sum.n + 1, balance: sum.balance + Number(cells[15]) });
    }
    expect(counted).toEqual(
      [...outside]
        .map(([job, sum]) => ({ job, ...sum }))
        .sort((one, other) => (one.job < other.job ? -1 : 1)),
    );
    const [last] = await db.owner`
      select attributes from customers where workspace_id = ${admin.workspaceId} and external_id = '45211'`;
    expect(last?.attributes).toMatchObject({ poutcome: "other", age: 37, balance: 2971, y: "no" });

    const before = await fingerprint(admin);
    const again = await importFile(admin, csv);
    expect(countsOf(again)).toEqual({ created: 0, updated: 0, unchanged: 45_211, rejected: 0 });
    expect(await fingerprint(admin)).toBe(before);
  }, 120_000);
});

test("a messy contact list becomes clean customers, and the same file again writes nothing", async () => {
  const file = `Name,Mobile No,E-mail ID,भाषा,Tier,DOB
Asha Rao, +91 98765 43210 ,ASHA@Example.com,Hindi,Gold,31/12/1980
Ravi Rao,098765-43210,,english,,1975-02-03
"Iyer, Meena",0091 98450 12345,meena@example.com,ta,PLATINUM,5 Mar 1990
Zoya Khan,,zoya@example.com,,,
`;
  const first = await importFile(admin, file);
  expect(countsOf(first)).toEqual({ created: 4, updated: 0, unchanged: 0, rejected: 0 });
  expect(await customersOf(admin)).toMatchObject([
    {
      name: "Asha Rao",
      phone: "+919876543210",
      email: "asha@example.com",
      language: "hi",
      tier: "gold",
      birth_date: "1980-12-31",
    },
    {
      name: "Iyer, Meena",
      phone: "+919845012345",
      language: "ta",
      tier: "platinum",
      birth_date: "1990-03-05",
    },
    { name: "Ravi Rao", phone: "+919876543210", language: "en", tier: "bronze", birth_date: "1975-02-03" },
    { name: "Zoya Khan", phone: null, email: "zoya@example.com" },
  ]);
  const before = await fingerprint(admin);
  expect(countsOf(await importFile(admin, file))).toEqual({
    created: 0,
    updated: 0,
    unchanged: 4,
    rejected: 0,
  });
  expect(await fingerprint(admin)).toBe(before);
});

describe("rows that cannot be taken are rejected with the reason, the others go in", () => {
  test.each([
    ["too few cells", "1,Asha\n", /The row has 2 cells, the file has 9 columns/],
    ["too many cells", "1,Asha,,,,,,,,what,is,this\n", /The row has 12 cells/],
    ["a malformed phone", "1,Asha,12345,,,,,,\n", /Indian mobile/],
    ["a malformed e-mail", "1,Asha,,asha@@example.com,,,,,\n", /more than one @/],
    ["two faults", "1,Asha,12345,asha,,,,,\n", /Indian mobile.*e-mail address is not/],
    ["an unknown tier", "1,Asha,,,diamond,,,,\n", /none of platinum, gold, silver and bronze/],
    ["an unknown language", "1,Asha,,,,Klingon speech,,,\n", /language is unknown/],
    ["a day that does not exist", "1,Asha,,,,,,31/02/1980,\n", /not a date that exists/],
    ["nothing to know the customer by", ",Asha,,,,,Pune,,\n", /no external id, phone or e-mail/],
    ["nothing at all", ",,,,,,,,\n", /Every cell of the row is empty/],
    ["a name without end", `1,${"a".repeat(201)},,,,,,,\n`, /longer than 200/],
    ["a repeated external id", "ok,Other,,,,,,,\n", /external id repeats row 1 of this file/],
    ["a repeated person by phone", ",Good One,9876543210,,,,,,\n", /phone repeats row 1/],
  ])("%s", async (_name, line, reason) => {
    const result = await importFile(admin, `${HEADER}ok,Good One,9876543210,good@example.com,,,,,\n${line}`);
    expect(countsOf(result)).toEqual({ created: 1, updated: 0, unchanged: 0, rejected: 1 });
    expect(result.examples).toMatchObject([{ rowNumber: 2, reason: expect.stringMatching(reason) }]);
    expect(result.checked).toEqual({ total: 2, created: 1, updated: 0, unchanged: 0, rejected: 1 });
  });

  test("a quotation mark that never closes fails the check with the place, before anything is written", async () => {
    const rows = Array.from({ length: 3_000 }, (_, at) => `${at},Person ${at},,,,,,,\n`).join("");
    const importId = await uploadFile(
      admin,
      `${HEADER}${rows}x,"Asha,,,,,,,\n${"y,Ravi,,,,,,,\n".repeat(50_000)}`,
    );
    await checkImport(admin, { importId });
    await finishWork(admin, importId, "check");
    const row = await getImport(admin, { importId });
    expect(row).toMatchObject({
      status: "failed",
      failure: expect.stringMatching(/never closed, after the row that begins “2999 Person 2999/),
    });
    expect(await customersOf(admin)).toEqual([]);
    await expect(runImport(admin, { importId })).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

describe("a customer is known by external id, then phone, then e-mail", () => {
  const cases: [string, Parameters<typeof makeCustomers>[2], string, object, string[]][] = [
    [
      "external id before anything else",
      [{ externalId: "1", name: "Asha", phone: "+919876500001" }],
      "1,New name,9876500009,,,,,,\n",
      { updated: 1 },
      ["New name +919876500009"],
    ],
    [
      "a phone that one customer has",
      [{ externalId: "1", name: "Asha", phone: "+919876500001", email: null }],
      ",,9876500001,asha@example.com,,,,,\n",
      { updated: 1 },
      ["Asha +919876500001"],
    ],
    [
      "not a phone whose customer has another external id",
      [{ externalId: "1", name: "Asha", phone: "+919876500001" }],
      "2,Ravi,9876500001,,,,,,\n",
      { created: 1 },
      ["Asha +919876500001", "Ravi +919876500001"],
    ],
    [
      "of a family with one phone, the one with the name",
      [
        { externalId: "1", name: "Asha", phone: "+919876500001" },
        { externalId: "2", name: "Ravi", phone: "+919876500001" },
      ],
      ",RAVI,9876500001,,gold,,,,\n",
      { updated: 1 },
      ["Asha +919876500001", "RAVI +919876500001"],
    ],
    [
      "of a family with one phone, the one with the e-mail",
      [
        { externalId: "1", name: "Asha", phone: "+919876500001", email: "a@example.com" },
        { externalId: "2", name: "Ravi", phone: "+919876500001", email: "r@example.com" },
      ],
      ",Asha Devi,9876500001,a@example.com,,,,,\n",
      { updated: 1 },
      ["Asha Devi +919876500001", "Ravi +919876500001"],
    ],
    [
      "a new member of a family with one phone",
      [
        { externalId: "1", name: "Asha", phone: "+919876500001" },
        { externalId: "2", name: "Ravi", phone: "+919876500001" },
      ],
      ",Kiran,9876500001,,,,,,\n",
      { created: 1 },
      ["Asha +919876500001", "Ravi +919876500001", "Kiran +919876500001"],
    ],
    [
      "nobody, when several fit and nothing tells them apart",
      [
        { externalId: "1", name: "Asha", phone: "+919876500001" },
        { externalId: "2", name: "Asha", phone: "+919876500001" },
      ],
      ",Asha,9876500001,,,,,,\n",
      { rejected: 1 },
      ["Asha +919876500001", "Asha +919876500001"],
    ],
    [
      "an e-mail, in any case",
      [{ externalId: "1", name: "Asha", email: "Asha@Example.com" }],
      ",Asha Rao,,aSHA@example.com,,,,,\n",
      { updated: 1 },
      ["Asha Rao null"],
    ],
    [
      "a customer without an external id gets the row's",
      [{ name: "Asha", phone: "+919876500001" }],
      "7,Asha,9876500001,,,,,,\n",
      { updated: 1 },
      ["Asha +919876500001"],
    ],
  ];
  test.each(cases)("%s", async (name, seeds, line, counts, customers) => {
    await makeCustomers(db.owner, admin.workspaceId, seeds);
    if (name.includes("without an external id"))
      await db.owner`update customers set external_id = null where workspace_id = ${admin.workspaceId}`;
    const result = await importFile(admin, `${HEADER}${line}`);
    expect(countsOf(result)).toEqual({ created: 0, updated: 0, unchanged: 0, rejected: 0, ...counts });
    const found = await customersOf(admin);
    expect(found.map((row) => `${row.name} ${row.phone}`)).toEqual(customers);
    const before = await fingerprint(admin);
    const again = countsOf(await importFile(admin, `${HEADER}${line}`));
    expect({ created: again.created, updated: again.updated }).toEqual({ created: 0, updated: 0 });
    expect(await fingerprint(admin)).toBe(before);
  });

  test("a blank cell leaves what is known as it is", async () => {
    await importFile(admin, `${HEADER}1,Asha,9876500001,a@example.com,gold,hi,Pune,1980-12-31,doctor\n`);
    const result = await importFile(admin, `${HEADER}1,,,,,,Nashik,,\n`);
    expect(countsOf(result)).toMatchObject({ updated: 1 });
    expect(await customersOf(admin)).toMatchObject([
      {
        name: "Asha",
        phone: "+919876500001",
        tier: "gold",
        city: "Nashik",
        attributes: { occupation: "doctor" },
      },
    ]);
  });

  test("rows that repeat each other far apart in the file are found", async () => {
    const rows = Array.from({ length: 4_500 }, (_, at) => `,P${at},${9_800_000_000 + at},,,,,,\n`);
    const result = await importFile(admin, `${HEADER}${rows.join("")}${rows[0]}`);
    expect(countsOf(result)).toEqual({ created: 4_500, updated: 0, unchanged: 0, rejected: 1 });
    expect(result.reasons).toEqual([{ reason: "The phone repeats an earlier row of this file.", count: 1 }]);
    const [left] =
      await db.owner`select count(*)::int as n from import_claims where workspace_id = ${admin.workspaceId}`;
    expect(left?.n).toBe(0);
  });
});

test("the start and the end of an import are in the audit log, without anybody's values", async () => {
  await importFile(admin, `${HEADER}1,Asha Rao,9876500001,asha@example.com,,,,,\n`);
  const entries = await db.owner`
    select action, coalesce(before::text, '') || coalesce(after::text, '') as words from audit_entries
    where workspace_id = ${admin.workspaceId} order by id`;
  expect(entries.map((entry) => entry.action)).toEqual([
    "import.uploaded",
    "import.check_started",
    "import.checked",
    "import.started",
    "import.completed",
  ]);
  expect(entries.map((entry) => entry.words).join()).not.toMatch(/asha|98765/i);
});
