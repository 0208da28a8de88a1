import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember } from "@/db/testing/factories";
import { makeLedgerRun } from "@/server/tracking/testing/ledger";
import { browseConversions } from "./browse";
import { correctConversion } from "./correct";
import { getConversion } from "./get";
import { makeMeasuring, touch } from "./testing/touched";
import { uploadConversions } from "./upload";

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
  const told = await uploadConversions(admin, { text });
  expect(told).toMatchObject({ recorded: 2, credited: 1, duplicates: 1, refused: 2 });
  expect(told.refusals.map(({ line }) => line)).toEqual([4, 5]);
  expect(await uploadConversions(admin, { text })).toMatchObject({ recorded: 0, duplicates: 3 });
  await expect(uploadConversions(admin, { text: "value\n12" })).rejects.toMatchObject({ code: "BAD_INPUT" });

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
  await expect(uploadConversions(agent, { text })).rejects.toMatchObject({ code: "FORBIDDEN" });
});
