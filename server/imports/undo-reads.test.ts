import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { type Transaction, withTransaction } from "@/db/transaction";
import { importFile, ownDataDirectory } from "./testing/files";
import { undoCustomers } from "./undo-customers";
import { undoRecords } from "./undo-records";

const db = await testDatabase();
ownDataDirectory();

const FILE = `Policy No,Name,Mobile,Premium,Mode,Status,Due Date\n${Array.from(
  { length: 4_000 },
  (_, n) => `P${n},Person ${n},98${String(n).padStart(8, "0")},1000,Yearly,IF,01/04/2026\n`,
).join("")}`;

/** Rows of a table that the transaction has read, by any kind of scan. */
async function readSoFar(tx: Transaction, table: string): Promise<number> {
  const [row] = await tx.execute<{ read: number }>(sql`
    select (seq_tup_read + idx_tup_fetch)::int as read from pg_stat_xact_user_tables where relname = ${table}`);
  return row?.read ?? 0;
}

test("a page of an undo does not read the workspace again for each of its rows, though the statistics know only earlier imports", async () => {
  // A workspace that imports each day: the last import is known to the statistics, this one is not.
  const earlier = await makeMember(db.owner, await makeWorkspace(db.owner));
  await importFile(earlier, FILE);
  await db.owner`analyze`;
  const admin = await makeMember(db.owner, await makeWorkspace(db.owner));
  const { id } = await importFile(admin, FILE);
  const page = (undo: typeof undoRecords, table: string) =>
    withTransaction(admin, async (tx) => {
      expect(await undo(tx, admin, id)).toHaveLength(1_000);
      return readSoFar(tx, table);
    });
  const rest = async () => {
    for (let left = 3; left > 0; left--) await withTransaction(admin, (tx) => undoRecords(tx, admin, id));
  };
  // Found and removed, each time by looking through the table at worst, which holds both imports: which way is cheaper, the
  // planner decides by pages and samples. Never once for each row of the page, which would be four million.
  const twice = 2 * 8_000;
  expect(await page(undoRecords, "premium_payments"), "payments").toBeLessThanOrEqual(twice);
  await rest();
  expect(await page(undoRecords, "policies"), "policies").toBeLessThanOrEqual(twice);
  await rest();
  expect(await page(undoCustomers, "customers"), "customers").toBeLessThanOrEqual(twice);
}, 60_000);
