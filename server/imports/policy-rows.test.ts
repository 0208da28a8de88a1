import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { createAttribute } from "@/server/attributes/create";
import type { Context } from "@/server/platform/context";
import { configureImport } from "./configure";
import { getImport } from "./get";
import { checkAndRun, countsOf, importFile, ownDataDirectory, pieces, uploadFile } from "./testing/files";
import { FILE, peopleOf, policiesOf, setClock } from "./testing/insurer";
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
