import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { hotSql } from "@/db/client";
import { testDatabase } from "@/db/testing/database";
import { makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { systemContext } from "./context";
import { failureText } from "./safe-error";

const db = await testDatabase();
const PERSON = "asha.rao@example.test";

const failureOf = async (work: () => Promise<unknown>): Promise<string> => {
  try {
    await work();
  } catch (error) {
    return failureText(error);
  }
  throw new Error("nothing failed");
};

test("what failed is told without the values of the statement, and without those that Postgres quotes", async () => {
  const ctx = systemContext(await makeWorkspace(db.owner));
  const told = [
    await failureOf(() => withTransaction(ctx, (tx) => tx.execute(sql`select ${PERSON}::text::uuid`))),
    await failureOf(() => withTransaction(ctx, (tx) => tx.execute(sql`select ${PERSON} from nowhere`))),
    await failureOf(() => hotSql()`select ${PERSON}::text::uuid`),
    await failureOf(async () => JSON.parse(PERSON)),
  ];
  expect(told).toEqual([
    "refused by the database (22P02)",
    '42P01: relation "nowhere" does not exist',
    "refused by the database (22P02)",
    expect.stringContaining("is not valid JSON"),
  ]);
  expect(told.join()).not.toContain(PERSON);
});

test("it is short, and anything that was thrown has one", () => {
  expect(failureText(new Error("x".repeat(400)))).toHaveLength(300);
  expect(failureText("a text")).toBe("not an error");
});
