import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { runFigures } from "@/server/deliveries";
import { newId } from "@/server/platform/ids";
import { makeLedgerRun } from "@/server/tracking/testing/ledger";
import { correctConversion } from "./correct";
import { listConversions } from "./list";
import { recordConversions } from "./record";
import { type Measuring, makeMeasuring, rollupsAndRecount, touch } from "./testing/touched";

const db = await testDatabase();
let admin: Measuring["admin"];
let workspaceId: string;
let customer: string;
let measured: Measuring["measured"];

beforeEach(async () => {
  ({ admin, workspaceId, customer, measured } = await makeMeasuring(db, (id) =>
    makeLedgerRun(db.owner, id, { size: 0 }),
  ));
});

const expectRecount = async () => {
  const [stored, recounted] = await rollupsAndRecount(db.owner, workspaceId);
  expect(stored).toEqual(recounted);
};

describe("told by another system", () => {
  test("a conversion without a name may be credited to any campaign, with a name to those that measure it", async () => {
    const plain = await measured({});
    const sales = await measured({ event: "policy_purchased" });
    await touch(db.owner, sales, { customer, kind: "delivered", at: "2026-03-01T10:00:00Z" });
    await touch(db.owner, plain, { customer, kind: "delivered", at: "2026-03-02T10:00:00Z" });
    const one = { customer: { external_id: "C1" }, value: 99.5, occurred_at: "2026-03-05T10:00:00Z" };
    const outcomes = await recordConversions(admin, {
      conversions: [
        { ...one, id: "1" },
        { ...one, id: "2", name: "policy_purchased" },
        { ...one, id: "3", campaign_id: sales.campaignId },
        { ...one, id: "1" },
        { ...one, id: "4", customer: { external_id: "nobody" } },
        { ...one, id: "5", campaign_id: newId() },
        { ...one, id: "6", value: -1 },
        { ...one, id: "7", occurred_at: "2026-04-20T10:00:00Z" },
      ],
    });
    expect(outcomes).toMatchObject([
      { status: "recorded", campaign_id: plain.campaignId },
      { status: "recorded", campaign_id: sales.campaignId },
      { status: "recorded", campaign_id: sales.campaignId },
      { status: "duplicate" },
      { status: "refused", reason: "No customer has this external_id, phone or e-mail." },
      { status: "refused", reason: "There is no campaign with this id." },
      { status: "refused", reason: "value: value is 0 or more." },
      { status: "refused", reason: "occurred_at lies in the future." },
    ]);
    await expectRecount();
  });
});

describe("a correction", () => {
  test("moves every figure, says what stood before, and can be taken back", async () => {
    const run = await measured({ event: "policy_purchased" });
    await touch(db.owner, run, { customer, kind: "delivered", at: "2026-03-01T10:00:00Z" });
    const sold = { customer: { external_id: "C1" }, name: "policy_purchased", value: 12_000.5 };
    await recordConversions(admin, {
      conversions: [
        { ...sold, occurred_at: "2026-03-05T10:00:00Z" },
        { ...sold, occurred_at: "2026-03-05T11:00:00Z" },
      ],
    });
    const { rows } = await listConversions(admin, {});
    const first = rows.find(({ occurredAt }) => occurredAt === "2026-03-05T10:00:00Z")?.id ?? "";
    const figures = () => runFigures(admin, { campaignId: run.campaignId });
    await correctConversion(admin, { id: first, value: 10 });
    expect(await figures()).toMatchObject({ converted: 1, conversions: 2, revenue: "12010500000" });
    await correctConversion(admin, { id: first, discountedFor: "duplicate" });
    // The second one is the customer's first now.
    expect(await figures()).toMatchObject({ converted: 1, conversions: 1, revenue: "12000500000" });
    await expectRecount();
    await correctConversion(admin, { id: first, discountedFor: null });
    expect(await figures()).toMatchObject({ converted: 1, conversions: 2, revenue: "12010500000" });
    await expectRecount();
    const audit = await db.owner`select before, after from audit_entries
      where subject_id = ${first} and action = 'conversion.corrected' order by id`;
    expect(audit).toMatchObject([
      { before: { value: "12000500000" }, after: { value: "10000000" } },
      { before: { discountedFor: null }, after: { discountedFor: "duplicate" } },
      { before: { discountedFor: "duplicate" }, after: { discountedFor: null } },
    ]);
  });

  test("is not for supervisors, and another workspace’s conversion is a missing one", async () => {
    await recordConversions(admin, { conversions: [{ customer: { external_id: "C1" } }] });
    const { rows } = await listConversions(admin, {});
    const input = { id: rows[0]?.id ?? "", value: 1 };
    const supervisor = await makeMember(db.owner, workspaceId, "supervisor");
    await expect(correctConversion(supervisor, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const stranger = await makeMember(db.owner, await makeWorkspace(db.owner));
    await expect(correctConversion(stranger, input)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await listConversions(stranger, {})).toEqual({ rows: [], next: null });
    // A forgotten filter shows nothing of anybody else.
    for (const table of ["conversions", "conversion_rollups", "api_keys", "api_answers"]) {
      const seen = await withTransaction(stranger, (tx) =>
        tx.execute(sql`select 1 from ${sql.identifier(table)} limit 1`),
      );
      expect([table, seen.length]).toEqual([table, 0]);
    }
  });
});
