import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";

/** Fewer than a workflow may have steps; the next round takes the rest. */
const MOST = 150;

export type DueSegment = { workspaceId: string; segmentId: string; today: string; audit: boolean };

/** Tracked segments, in every workspace, whose day has begun or whose audit is due. */
export async function dueSegments(): Promise<DueSegment[]> {
  const rows = await withTransaction({ workspaceId: null }, (tx) =>
    tx.execute<{ workspace_id: string; segment_id: string; today: string; audit: boolean }>(
      sql`select workspace_id, segment_id, today, audit from segments_due(${MOST})`,
    ),
  );
  return rows.map(({ workspace_id, segment_id, today, audit }) => ({
    workspaceId: workspace_id,
    segmentId: segment_id,
    today,
    audit,
  }));
}
