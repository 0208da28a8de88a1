import type { Sql } from "postgres";

/** How many roll-ups of a workspace, of days before the instant `today`, no day has counted. */
export async function unfolded(owner: Sql, workspaceId: string, today: string): Promise<number> {
  const [row] = await owner<{ n: number }[]>`
    select count(*)::int as n from (
      select bucket, folded from run_rollups where workspace_id = ${workspaceId}
      union all select bucket, folded from conversion_rollups where workspace_id = ${workspaceId}) r
    where not folded and bucket < ${today}`;
  return row?.n ?? 0;
}
