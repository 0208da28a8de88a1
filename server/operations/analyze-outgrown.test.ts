import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeWorkspace } from "@/db/testing/factories";
import { analyzeOutgrown } from "./analyze-outgrown";

const db = await testDatabase();

/** Rows as the planner's statistics know them; -1: none were ever counted. */
async function known(): Promise<number> {
  const [row] = await db.owner<{ rows: number }[]>`
    select reltuples::int as rows from pg_class where oid = 'customers'::regclass`;
  return row?.rows ?? 0;
}

/** Activity is told to the others a second later at most, or when a session asks for it. */
async function add(workspaceId: string, count: number): Promise<void> {
  await db.owner.begin(async (sql) => {
    await sql`select pg_stat_force_next_flush()`;
    await sql`insert into customers (id, workspace_id, name)
      select gen_random_uuid(), ${workspaceId}, 'Asha' from generate_series(1, ${count}::int)`;
  });
}

test("a table that outgrew its statistics is counted at once, and not again before it has grown as much again", async () => {
  const workspaceId = await makeWorkspace(db.owner);
  await add(workspaceId, 2);
  await db.owner`analyze customers`;
  await analyzeOutgrown();
  expect(await known()).toBe(2);
  await add(workspaceId, 198);
  await analyzeOutgrown();
  expect(await known()).toBe(2);
  await add(workspaceId, 10);
  await analyzeOutgrown();
  expect(await known()).toBe(210);
  await add(workspaceId, 600);
  await analyzeOutgrown();
  expect(await known()).toBe(210);
});
