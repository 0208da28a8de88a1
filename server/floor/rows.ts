import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { CallbackPriority, CallbackStatus, Urgency } from "@/server/callbacks/status";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { isId } from "@/server/platform/ids";
import type { FloorRowsInput } from "./schemas";
import { readScope } from "./scope";
import { enteredAt, inSet, openRequests } from "./sets";

export type FloorRow = {
  id: string;
  customerName: string;
  /** The last four digits of the number. */
  phoneEnd: string;
  requestType: string;
  priority: CallbackPriority;
  urgency: Urgency;
  status: CallbackStatus;
  assigneeId: string | null;
  assigneeName: string | null;
  attempts: number;
  /** ISO instants. */
  enteredAt: string;
  notBefore: string;
  dueAt: string | null;
  warnAt: string | null;
  breachedAt: string | null;
  /** Nobody has called yet: the clock of the first attempt still runs. */
  untried: boolean;
};

const PAGE = 50;

/** The requests behind a number of the board, the first due first. @throws AppError BAD_INPUT for a cursor that is none */
export function listFloorRows(
  ctx: Context,
  { set, cursor }: FloorRowsInput,
): Promise<{ rows: FloorRow[]; next: string | null }> {
  return withTransaction(ctx, async (tx) => {
    const scope = await readScope(tx, ctx);
    // What has no due time stands at the end: clocks that are stopped or stand still.
    const place = sql`coalesce(extract(epoch from coalesce(c.breached_at, c.due_at)), 1e12)::float8`;
    const [from, fromId] = cursorOf(cursor);
    const rows = await tx.execute<FloorRow & { place: number }>(sql`
      select r.id, r.customer_name as "customerName", right(r.phone, 4) as "phoneEnd", r.request_type as "requestType",
        r.priority, r.urgency, r.status, r.assignee_id as "assigneeId", u.name as "assigneeName",
        r.attempts::int as attempts, to_json(${enteredAt}) #>> '{}' as "enteredAt",
        to_json(r.not_before) #>> '{}' as "notBefore",
        case when c.status in ('running', 'waiting') then to_json(c.due_at) #>> '{}' end as "dueAt",
        to_json(c.warn_at) #>> '{}' as "warnAt", to_json(c.breached_at) #>> '{}' as "breachedAt",
        coalesce(c.status, 'stopped') <> 'stopped' as untried, ${place} as place
      from (select r.* from ${openRequests(ctx, scope)} and ${inSet[set]}) r
      left join sla_clocks c on c.workspace_id = r.workspace_id and c.callback_id = r.id and c.metric = 'first_attempt'
        and c.cycle = r.cycle
      left join memberships m on m.id = r.assignee_id left join users u on u.id = m.user_id
      where (${place}, r.id) > (${from}::float8, ${fromId}::uuid)
      order by ${place}, r.id limit ${PAGE + 1}`);
    const page = rows.slice(0, PAGE);
    const last = page.at(-1);
    const next = rows.length > PAGE && last ? `${last.place}_${last.id}` : null;
    return { rows: page.map(({ place: _, ...row }) => row), next };
  });
}

function cursorOf(cursor: string | null | undefined): [number, string] {
  if (!cursor) return [-1, "00000000-0000-0000-0000-000000000000"];
  const [place = "", id = ""] = cursor.split("_");
  if (!Number.isFinite(Number(place)) || !isId(id))
    throw new AppError("BAD_INPUT", "This page of the list is not there any more. Begin again at its top.");
  return [Number(place), id];
}
