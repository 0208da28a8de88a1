import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember } from "@/db/testing/factories";
import { makeLedgerRun } from "@/server/tracking/testing/ledger";
import { browseConversions } from "./browse";
import { correctConversion } from "./correct";
import { beginFile } from "./files/begin";
import { listFiles } from "./files/list";
import { checkFile, goOnWithFile, takeFile } from "./files/take";
import { undoFile } from "./files/undo";
import { getConversion } from "./get";
import { makeMeasuring, rollupsAndRecount, touch } from "./testing/touched";

const db = await testDatabase();

test("a CSV file is credited line by line, listed, corrected with its history, and foreign or forbidden to others", async () => {
  const made = await makeMeasuring(db, (id) => makeLedgerRun(db.owner, id, { size: 0 }));
  const { admin, customer, measured } = made;
  const [early, late] = [await measured({}), await measured({})];
  await touch(db.owner, early, { customer, kind: "delivered", at: "2026-03-01T10:00:00Z" });
  await touch(db.owner, late, { customer, kind: "delivered", at: "2026-03-02T10:00:00Z" });
  const text = [
    "\uFEFFid;external_id;value;occurred_at",
    '1;C1;"₹ 12,500.50";2026-03-05T10:00:00Z',
    "2;C2;900;2026-03-05T10:00:00Z",
    "3;nobody;900;",
    "4;C1;a lot;",
    "1;C1;1;",
  ].join("\n");
  const begun = await beginFile(admin, { name: "receipts.csv", text });
  const { id: file, mapping } = begun;
  expect(begun).toMatchObject({ lines: 5, headers: ["id", "external_id", "value", "occurred_at"] });
  const would = await checkFile(admin, { id: file, mapping });
  expect(would).toMatchObject({ recorded: 2, credited: 1, duplicates: 1, refused: 2 });
  expect((await browseConversions(admin, {})).total).toBe(0);
  const told = await takeFile(admin, { id: file, mapping });
  expect(told).toMatchObject({ recorded: 2, credited: 1, duplicates: 1, refused: 2 });
  expect(told.refusals.map(({ line }) => line)).toEqual([4, 5]);
  expect(told).toMatchObject({ taken: 5, done: true });
  const again = await beginFile(admin, { name: "again.csv", text });
  expect(await takeFile(admin, again)).toMatchObject({ recorded: 0, duplicates: 3 });
  await expect(takeFile(admin, again)).rejects.toMatchObject({ code: "CONFLICT" });
  const nobody = await beginFile(admin, { name: "nobody.csv", text: "value\n12" });
  await expect(checkFile(admin, nobody)).rejects.toThrow(/names the customer/);
  await expect(beginFile(admin, { name: "empty.csv", text: "value" })).rejects.toMatchObject({
    code: "BAD_INPUT",
  });

  const page = await browseConversions(admin, {});
  expect(page).toMatchObject({ total: 2, counting: 2, revenue: "13400500000", currency: "INR" });
  const [credited] = (await browseConversions(admin, { state: ["credited"], source: ["csv"] })).rows;
  expect(credited).toMatchObject({
    value: "12500500000",
    campaignId: late.campaignId,
    touches: 2,
    source: "csv",
  });
  const id = credited?.id ?? "";
  await correctConversion(admin, { id, discountedFor: "mistake" });
  expect(await browseConversions(admin, {})).toMatchObject({ counting: 1, revenue: "900000000" });
  expect((await browseConversions(admin, { state: ["void"] })).rows.map((row) => row.id)).toEqual([id]);
  const detail = await getConversion(admin, { id });
  expect(detail.touches.map(({ campaignId }) => campaignId)).toEqual([late.campaignId, early.campaignId]);
  expect(detail.corrections).toMatchObject([
    { by: "A admin", before: { discountedFor: null }, after: { discountedFor: "mistake" } },
  ]);

  const stranger = (await makeMeasuring(db, (other) => makeLedgerRun(db.owner, other, { size: 0 }))).admin;
  await expect(getConversion(stranger, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect((await browseConversions(stranger, {})).total).toBe(0);
  const agent = await makeMember(db.owner, admin.workspaceId, "agent");
  await expect(browseConversions(agent, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(beginFile(agent, { name: "a.csv", text })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(undoFile(stranger, { id: file })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await listFiles(stranger)).toEqual([]);

  expect(await undoFile(admin, { id: file })).toEqual({ removed: 2, left: 0 });
  await expect(undoFile(admin, { id: file })).rejects.toMatchObject({ code: "CONFLICT" });
  expect((await browseConversions(admin, {})).total).toBe(0);
  expect((await listFiles(admin)).map(({ name, status }) => [name, status])).toEqual([
    ["again.csv", "done"],
    ["receipts.csv", "undone"],
  ]);
  const [stored, recounted] = await rollupsAndRecount(db.owner, admin.workspaceId);
  expect(stored).toEqual(recounted);
});

test("columns are mapped by a person, days are read in the workspace's zone, and a stopped file goes on where it was", async () => {
  const { admin } = await makeMeasuring(db, (id) => makeLedgerRun(db.owner, id, { size: 0 }));
  await db.owner`update workspaces set time_zone = 'Asia/Kolkata' where id = ${admin.workspaceId}`;
  const rows = Array.from({ length: 1_500 }, (_, nth) => `C1,${nth + 1},05/03/2026,R${nth}`);
  const begun = await beginFile(admin, {
    name: "odd.csv",
    text: ["Who,Rupees,Paid,Slip", ...rows].join("\n"),
  });
  expect(begun.mapping).toEqual({ Paid: "value" });
  const mapping = { Who: "external_id", Rupees: "value", Paid: "occurred_at", Slip: "id" } as const;
  expect(await takeFile(admin, { id: begun.id, mapping })).toMatchObject({ taken: 1_000, done: false });
  expect(await listFiles(admin)).toMatchObject([{ goesOn: true, taken: 1_000, recorded: 1_000 }]);
  expect(await goOnWithFile(admin, { id: begun.id })).toMatchObject({
    taken: 1_500,
    recorded: 1_500,
    done: true,
  });
  const [sum] = await db.owner`
    select count(*)::int as n, sum(value_micros)::text as sum, min(occurred_at) as at from conversions where file_id = ${begun.id}`;
  expect(sum).toEqual({ n: 1_500, sum: "1125750000000", at: new Date("2026-03-05T06:30:00Z") });
  const [kept] = await db.owner`select content from conversion_files where id = ${begun.id}`;
  expect(kept?.content).toBeNull();
});
