import { type SQL, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { executePrepared } from "./execute-prepared";
import { testDatabase } from "./testing/database";
import { type Transaction, withTransaction } from "./transaction";

await testDatabase();
const scope = { workspaceId: null };

/** Prepared statements of this connection with these words. */
async function prepared(tx: Transaction, words: string): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from pg_prepared_statements where statement like ${`%${words}%`}`);
  return row?.count ?? 0;
}

/** With a parameter: what has none goes to the database as plain text. */
const numbered = (nth: number): SQL => sql`select ${nth}::int as ${sql.raw(`"${nth} of many"`)}`;

test("a statement is prepared once on its connection and gives what an ordinary one gives", async () => {
  await withTransaction(scope, async (tx) => {
    const asked = (given: number) =>
      sql`select ${given}::int as given, ${sql.param(["a", "b"])}::text[] as "some texts"`;
    for (const given of [1, 2, 3])
      expect(await executePrepared(tx, asked(given))).toEqual([...(await tx.execute(asked(given)))]);
    expect(await prepared(tx, "some texts")).toBe(1);
  });
});

test("it fails as an ordinary one does", async () => {
  const broken = (run: (tx: Transaction) => Promise<unknown>) =>
    withTransaction(scope, run).catch((error: { cause: { code: string } }) => [
      error.constructor,
      error.cause.code,
    ]);
  const ordinary = await broken((tx) => tx.execute(sql`select 1 / ${0}::int`));
  expect(await broken((tx) => executePrepared(tx, sql`select 1 / ${0}::int`))).toEqual(ordinary);
});

test("texts without end do not fill the database's memory", async () => {
  await withTransaction(scope, async (tx) => {
    for (let nth = 0; nth < 260; nth++)
      expect(await executePrepared(tx, numbered(nth))).toEqual([{ [`${nth} of many`]: nth }]);
    expect(await prepared(tx, " of many")).toBeLessThanOrEqual(200);
  });
});
