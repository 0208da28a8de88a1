import type { Sql } from "postgres";
import { onTestFinished } from "vitest";

type Broken = { table: string; on: "insert" | "update" | "delete" | `update of ${string}`; key?: string };

/**
 * Breaks a workspace by real means: from now on its rows of a table cannot be written, as behind a defect that only its data
 * bring about. Returns the way to mend it; the end of the test does so too.
 */
export async function breakWorkspace(
  owner: Sql,
  workspaceId: string,
  { table, on, key = "workspace_id" }: Broken,
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

/** Lets the first write of a workspace's row in a table lose a deadlock, as Postgres tells it; the next ones go through. */
export async function deadlockOnce(
  owner: Sql,
  workspaceId: string,
  { table, on, key = "workspace_id" }: Broken,
): Promise<void> {
  await owner.unsafe(`
    create sequence deadlocks;
    create function lose_once() returns trigger language plpgsql security definer as $$ begin
      if nextval('public.deadlocks') = 1 then raise exception 'lost a race' using errcode = 'deadlock_detected'; end if;
      return ${on === "delete" ? "old" : "new"};
    end $$;
    create trigger lose_once before ${on} on ${table} for each row
      when (${on === "delete" ? "old" : "new"}.${key} = '${workspaceId}') execute function lose_once()`);
  onTestFinished(async () => {
    await owner.unsafe(
      `drop trigger lose_once on ${table}; drop function lose_once; drop sequence deadlocks`,
    );
  });
}
