import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";

/** Fewer than the 200 steps of a workflow: those whose time is over first, of the others any; all have their turn. */
const MOST = 150;

export type DueTest = { workspaceId: string; runNumber: number };

/** Runs in every workspace whose test is looked at now: the sequential test may be asked at any moment, or its time is over. */
export async function dueTests(): Promise<DueTest[]> {
  const rows = await withTransaction({ workspaceId: null }, (tx) =>
    tx.execute<{ workspace_id: string; run_number: string }>(
      sql`select workspace_id, run_number from run_tests_due(${MOST})`,
    ),
  );
  return rows.map(({ workspace_id, run_number }) => ({
    workspaceId: workspace_id,
    runNumber: Number(run_number),
  }));
}
