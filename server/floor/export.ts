import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { handler } from "@/server/callbacks";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { CSV_MARK, csvLine } from "@/server/platform/csv";
import { periodOf } from "./period";
import type { ReportInput } from "./schemas";
import { readScope, requestsIn } from "./scope";
import { floorReaders } from "./status";

const ROWS_A_PAGE = 1_000;

const columns = [
  ...["callback_id", "entered_at", "topic", "urgency", "priority", "source", "campaign", "agent", "policy"],
  ...["status", "attempts", "first_attempt_due", "first_attempt_stopped", "first_attempt_breached"],
  ...[
    "resolution_breached",
    "contacted_at",
    "closed_at",
    "disposition",
    "resolution_category",
    "satisfaction",
    "repeats",
  ],
] as const;
type Row = Record<(typeof columns)[number], string | null>;

/**
 * The requests that entered in a period as CSV, in the order of entering, read page by page while it is being taken away.
 * Neither names nor numbers of customers are in it. @throws AppError FORBIDDEN or BAD_INPUT, before the first piece
 */
export async function exportFloor(
  ctx: Context,
  input: ReportInput,
): Promise<{ name: string; content: AsyncGenerator<string> }> {
  requireRole(ctx, ...floorReaders);
  const { period, scope } = await withTransaction(ctx, async (tx) => {
    const asked = await periodOf(tx, ctx, input);
    await recordAudit(tx, ctx, {
      action: "floor.exported",
      subjectType: "workspace",
      subjectId: ctx.workspaceId,
      after: asked.days,
    });
    return { period: asked, scope: await readScope(tx, ctx) };
  });
  async function* content(): AsyncGenerator<string> {
    yield CSV_MARK + csvLine(columns);
    let [at, id] = ["-infinity", "00000000-0000-0000-0000-000000000000"];
    for (;;) {
      const rows = await withTransaction(ctx, (tx) =>
        tx.execute<Row & { at: string }>(sql`
          select r.id as callback_id, to_json(r.created_at) #>> '{}' as entered_at, r.request_type as topic, r.urgency,
            r.priority, r.source, c.name as campaign,
            (select u.name from memberships m join users u on u.id = m.user_id where m.id = ${handler}) as agent,
            p.name as policy, r.status, r.attempts::text as attempts,
            to_json(coalesce(k.breached_at, k.due_at)) #>> '{}' as first_attempt_due,
            to_json(k.stopped_at) #>> '{}' as first_attempt_stopped,
            case when k.breached_at is null then 'no' else 'yes' end as first_attempt_breached,
            case when s.breached_at is null then 'no' else 'yes' end as resolution_breached,
            to_json(r.contacted_at) #>> '{}' as contacted_at, to_json(r.closed_at) #>> '{}' as closed_at, r.disposition,
            r.resolution_category, r.satisfaction::text as satisfaction, r.repeats::text as repeats, r.created_at::text as at
          from callback_requests r
          left join campaigns c on c.workspace_id = r.workspace_id and c.id = r.campaign_id
          left join sla_clocks k on k.workspace_id = r.workspace_id and k.callback_id = r.id and k.cycle = r.cycle
            and k.metric = 'first_attempt'
          left join sla_clocks s on s.workspace_id = r.workspace_id and s.callback_id = r.id and s.cycle = r.cycle
            and s.metric = 'resolution'
          left join sla_policies p on p.id = k.policy_id
          where r.workspace_id = ${ctx.workspaceId} and ${requestsIn(scope)}
            and r.created_at >= ${period.from}::timestamptz and r.created_at < ${period.to}::timestamptz
            and (r.created_at, r.id) > (${at}::timestamptz, ${id}::uuid)
          order by r.created_at, r.id limit ${ROWS_A_PAGE}`),
      );
      if (rows.length === 0) return;
      yield rows.map((row) => csvLine(columns.map((column) => row[column] ?? ""))).join("");
      const last = rows.at(-1);
      if (rows.length < ROWS_A_PAGE || !last) return;
      [at, id] = [last.at, last.callback_id ?? id];
    }
  }
  return { name: `callbacks-${period.days.from}-to-${period.days.until}.csv`, content: content() };
}
