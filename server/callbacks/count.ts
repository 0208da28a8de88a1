import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import { todayBegins } from "./list";
import { callbackReaders, type QueueTab } from "./status";
import { heldByMe, inReach, isOverdue } from "./visible";

/** How many requests stand in each tab, and what was completed since midnight in the workspace's zone. */
export type QueueCounts = Record<Exclude<QueueTab, "closed">, number> & {
  /** Waits for somebody: neither in hand nor promised for later. */
  pending: number;
  completedToday: number;
};

/** The tiles and the tabs of the queue, of what the caller sees. @throws AppError FORBIDDEN */
export async function countCallbacks(ctx: Context): Promise<QueueCounts> {
  requireRole(ctx, ...callbackReaders);
  return withTransaction(ctx, async (tx) => {
    const [open] = await tx.execute<Omit<QueueCounts, "completedToday">>(sql`
      select count(*)::int as all, count(*) filter (where r.priority = 'high')::int as high,
        count(*) filter (where r.priority = 'medium')::int as medium,
        count(*) filter (where r.priority = 'low')::int as low,
        count(*) filter (where r.status in ('pending', 'assigned'))::int as pending,
        count(*) filter (where r.status = 'scheduled')::int as scheduled,
        count(*) filter (where r.assignee_id = ${ctx.membershipId} or ${heldByMe(ctx)})::int as mine,
        count(*) filter (where ${isOverdue})::int as overdue
      from callback_requests r
      where ${inReach(ctx)} and r.status in ('pending', 'assigned', 'in_progress', 'scheduled')`);
    const [closed] = await tx.execute<{ today: number }>(sql`
      select count(*)::int as today from callback_requests r
      where ${inReach(ctx)} and r.status = 'completed' and r.closed_at >= ${todayBegins(ctx)}`);
    const none = { all: 0, high: 0, medium: 0, low: 0, pending: 0, scheduled: 0, mine: 0, overdue: 0 };
    return { ...(open ?? none), completedToday: closed?.today ?? 0 };
  });
}
