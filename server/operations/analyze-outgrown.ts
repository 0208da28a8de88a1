import { hotSql } from "@/db/client";

/** They stay locked against other upkeep until the last one is counted. */
const MOST_AT_ONCE = 8;

/**
 * Gives the planner statistics of the tables that have grown furthest past what it knows (more than four times), where the
 * database's own round is up to a minute away: in its first minute an automation's month, or an import, would be searched with
 * the plans of an empty table. Returns how many there were.
 */
export async function analyzeOutgrown(): Promise<number> {
  const [row] = await hotSql()<{ count: number }[]>`select analyze_outgrown_tables(${MOST_AT_ONCE}) as count`;
  return row?.count ?? 0;
}
