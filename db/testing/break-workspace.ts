import type { Sql } from "postgres";
import { onTestFinished } from "vitest";

/**
 * Breaks a workspace by real means: from now on its rows of a table cannot be written, as behind a defect that only its data
 * bring about. Returns the way to mend it; the end of the test does so too.
 */
export async function breakWorkspace(
  owner: Sql,
  workspaceId: string,
  { table, on, key = "workspace_id" }: { table: string; on: "insert" | "update" | "delete"; key?: string },
): Promise<() => Promise<void>> {
  await owner.unsafe(`
    create or replace function break_down() returns trigger language plpgsql as $$ begin raise exception 'a defect'; end $$;
    create trigger break_down before ${on} on ${table} for each row
      when (${on === "delete" ? "old" : "new"}.${key} = '${workspaceId}') execute function break_down()`);
  const mend = async () => {
    await owner.unsafe(`drop trigger if exists break_down on ${table}`);
  };
  onTestFinished(mend);
  return mend;
}
