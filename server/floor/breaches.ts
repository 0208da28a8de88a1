import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { handler } from "@/server/callbacks";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { isId } from "@/server/platform/ids";
import { type ExplainedBreach, explainBreach } from "@/server/sla";
import { type Metric, metrics } from "@/server/sla/status";
import { periodOf } from "./period";
import type { BreachesInput } from "./schemas";
import { readScope, requestsIn } from "./scope";

export type BreachLine = {
  callbackId: string;
  metric: Metric;
  cycle: number;
  customerName: string;
  phoneEnd: string;
  requestType: string;
  agentName: string | null;
  /** ISO instants: the due time, when the product noticed, and when the clock stopped at last; null: it still runs. */
  breachedAt: string;
  detectedAt: string | null;
  stoppedAt: string | null;
  explained: ExplainedBreach | null;
};

const PAGE = 20;

/** Missed targets of a period, the latest first, each explained from the log of its clock. @throws AppError BAD_INPUT */
export function listBreaches(
  ctx: Context,
  { cursor, ...days }: BreachesInput,
): Promise<{ rows: BreachLine[]; next: string | null }> {
  return withTransaction(ctx, async (tx) => {
    const period = await periodOf(tx, ctx, days);
    const scope = await readScope(tx, ctx);
    const place = cursorOf(cursor);
    const rows = await tx.execute<Omit<BreachLine, "explained"> & { at: string }>(sql`
      select k.callback_id as "callbackId", k.metric, k.cycle::int as cycle, r.customer_name as "customerName",
        right(r.phone, 4) as "phoneEnd", r.request_type as "requestType",
        (select u.name from memberships m join users u on u.id = m.user_id where m.id = ${handler}) as "agentName",
        to_json(k.breached_at) #>> '{}' as "breachedAt", to_json(k.detected_at) #>> '{}' as "detectedAt",
        to_json(k.stopped_at) #>> '{}' as "stoppedAt", k.breached_at::text as at
      from sla_clocks k join callback_requests r on r.workspace_id = k.workspace_id and r.id = k.callback_id
      where k.workspace_id = ${ctx.workspaceId} and k.metric = any(${sql.param([...metrics])}::text[])
        and k.breached_at >= ${period.from}::timestamptz and k.breached_at < ${period.to}::timestamptz
        and ${requestsIn(scope)}
        and ${place ? sql`(k.breached_at, k.callback_id, k.metric) < (${place.at}::timestamptz, ${place.id}::uuid, ${place.metric})` : sql`true`}
      order by k.breached_at desc, k.callback_id desc, k.metric desc limit ${PAGE + 1}`);
    const page = rows.slice(0, PAGE);
    const now = await readClock(tx);
    const lines: BreachLine[] = [];
    for (const { at: _, ...line } of page)
      lines.push({ ...line, explained: await explainBreach(tx, ctx, { ...line, now }) });
    const last = page.at(-1);
    return {
      rows: lines,
      next: rows.length > PAGE && last ? `${last.at}_${last.callbackId}_${last.metric}` : null,
    };
  });
}

function cursorOf(cursor: string | null | undefined): { at: string; id: string; metric: string } | null {
  if (!cursor) return null;
  const [at = "", id = "", ...metric] = cursor.split("_");
  if (Number.isNaN(Date.parse(at)) || !isId(id))
    throw new AppError("BAD_INPUT", "This page of the list is not there any more. Begin again at its top.");
  return { at, id, metric: metric.join("_") };
}
