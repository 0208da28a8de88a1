import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { openDifferences } from "./differences";
import { getImport } from "./get";
import { importFile, ownDataDirectory } from "./testing/files";
import { paymentsOf, peopleOf, policiesOf, setClock } from "./testing/insurer";
import { undoImport } from "./undo";
import { workOnUndo } from "./work-on-undo";

const db = await testDatabase();
ownDataDirectory();
let admin: Context;

beforeEach(async () => {
  await setClock(db, "2026-03-10T04:00:00Z");
  admin = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const HEADER = "Policy No,Name,Mobile,Premium,Mode,Status,Due Date\n";
const FIRST = `${HEADER}P1,Asha,9876500001,1000,Monthly,IF,01/03/2026\nP2,Asha,9876500001,2000,Yearly,IF,01/04/2026\n`;

async function undo(importId: string) {
  await undoImport(admin, { importId });
  while (!(await workOnUndo(admin, { importId })).done);
  const row = await getImport(admin, { importId });
  expect(row.status).toBe("undone");
  return row.undone;
}

const everything = async () => ({
  people: await peopleOf(db, admin),
  policies: await policiesOf(db, admin),
  payments: await paymentsOf(db, admin),
});

test("an undo takes the policies and payments that the import made, then the customers", async () => {
  const { id } = await importFile(admin, FIRST);
  expect(await undo(id)).toEqual({
    removed: 1,
    restored: 0,
    kept: {},
    records: { removed: 4, restored: 0, kept: {} },
  });
  expect(await everything()).toEqual({ people: [], policies: [], payments: [] });
});

test("an undo of the next day's file opens what it closed and puts everything back", async () => {
  await importFile(admin, FIRST);
  const before = await everything();
  const { id } = await importFile(
    admin,
    `${HEADER}P1,Asha,9876500002,1100,Monthly,IF,01/04/2026\nP2,Asha,9876500001,2000,Yearly,Surrendered,\nP3,Asha,9876500001,500,Yearly,IF,01/05/2026\n`,
  );
  expect((await everything()).payments).toMatchObject([
    { number: "P1", due: "2026-03-01", status: "paid" },
    { number: "P1", due: "2026-04-01", status: "due" },
    { number: "P2", status: "due" },
    { number: "P3", status: "due" },
  ]);
  expect(await undo(id)).toEqual({
    removed: 0,
    restored: 1,
    kept: {},
    records: { removed: 3, restored: 3, kept: {} },
  });
  expect(await everything()).toEqual(before);
});

test("days that passed meanwhile are nobody's change", async () => {
  const { id } = await importFile(admin, FIRST);
  await db.owner`update policies set status = 'in_grace' where policy_number = 'P1' and workspace_id = ${admin.workspaceId}`;
  await db.owner`update premium_payments set status = 'overdue' where workspace_id = ${admin.workspaceId}`;
  expect(await undo(id)).toMatchObject({ removed: 1, records: { removed: 4, kept: {} } });
});

test("what was paid or changed since stays, with its policy and its customer, and is counted", async () => {
  const { id } = await importFile(admin, FIRST);
  await db.owner`
    update premium_payments set status = 'paid', paid_at = clock_now()
    where workspace_id = ${admin.workspaceId} and due_date = '2026-03-01'`;
  await db.owner`update policies set auto_debit = true where policy_number = 'P2' and workspace_id = ${admin.workspaceId}`;
  expect(await undo(id)).toEqual({
    removed: 0,
    restored: 0,
    kept: { "Has policies, events, replies or notes": 1 },
    records: {
      removed: 1,
      restored: 0,
      kept: { "Changed since the import": 2, "Has payments or messages": 1 },
    },
  });
  expect(await everything()).toMatchObject({
    people: [{ name: "Asha" }],
    policies: [{}, {}],
    payments: [{}],
  });
});

test("the report of differences lists every field with what stood before", async () => {
  await importFile(admin, FIRST);
  const { id } = await importFile(
    admin,
    `${HEADER}P1,"=Asha",9876500001,1000,Monthly,IF,01/03/2026\nP2,Asha,9876500001,2500,Yearly,IF,01/04/2026\n`,
  );
  const { name, content } = await openDifferences(admin, { importId: id });
  let text = "";
  for await (const piece of content) text += piece;
  expect(name).toBe("people-changes.csv");
  expect(text.split("\r\n")).toEqual([
    "\uFEFFwhat,policy or customer,customer,change,field,before,after",
    "customer,'=Asha,'=Asha,updated,name,Asha,'=Asha",
    "policy,P2,'=Asha,updated,premium,2000.00,2500.00",
    "payment,P2,'=Asha,updated,amount,2000.00,2500.00",
    "",
  ]);
});
