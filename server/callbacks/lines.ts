import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { addressHint } from "@/server/consent";
import { maskerFor } from "@/server/customers";
import type { Context } from "@/server/platform/context";
import type { Metric } from "@/server/sla/status";
import { shownScore } from "./score";
import type { CallbackPriority, CallbackSource, CallbackStatus, CallbackTier, Urgency } from "./status";
import { currentClock } from "./visible";

/** One request as lists show it. Instants are ISO text. */
export type CallbackLine = {
  id: string;
  name: string;
  /** Masked for an agent who does not hold the request, and for roles that read addresses so. */
  phone: string;
  requestType: string;
  /** The first words of what was asked. */
  description: string;
  urgency: Urgency;
  tier: CallbackTier;
  priority: CallbackPriority;
  /** 1–100; age stands beside it. */
  score: number;
  status: CallbackStatus;
  source: CallbackSource;
  language: string | null;
  createdAt: string;
  /** When it can be taken: the next attempt, or the promised time. */
  notBefore: string;
  slotStart: string | null;
  slotEnd: string | null;
  assigneeName: string | null;
  /** Who has it in hand now. */
  holderName: string | null;
  mine: boolean;
  attempts: number;
  repeats: number;
  closedAt: string | null;
  disposition: string | null;
  /** The clock that comes next: the promise, else the first call, else the resolution. Null once all have stopped. */
  clock: {
    metric: Metric;
    status: "waiting" | "running" | "paused";
    dueAt: string | null;
    warnAt: string | null;
    pauseReason: string | null;
    overdue: boolean;
  } | null;
};

type Row = Omit<CallbackLine, "score"> & { sum: number };

const SHOWN_TEXT = 200;

/** The requests with these ids, in this order; ids that the caller may not see were left out before. */
export async function readLines(
  tx: Transaction,
  ctx: Context,
  ids: readonly string[],
): Promise<CallbackLine[]> {
  if (ids.length === 0) return [];
  const rows = await tx.execute<Row>(sql`
    select r.id, coalesce(nullif(r.customer_name, ''), c.name, '') as name, r.phone, r.request_type as "requestType",
      left(r.description, ${SHOWN_TEXT}) as description, r.urgency, r.tier, r.priority, r.sum, r.status, r.source,
      r.language, to_json(r.created_at) #>> '{}' as "createdAt", to_json(r.not_before) #>> '{}' as "notBefore",
      to_json(r.slot_start) #>> '{}' as "slotStart", to_json(r.slot_end) #>> '{}' as "slotEnd",
      au.name as "assigneeName", hu.name as "holderName",
      coalesce(h.membership_id = ${ctx.membershipId}::uuid or (h.membership_id is null and r.assignee_id = ${ctx.membershipId}::uuid), false) as mine,
      r.attempts, r.repeats, to_json(r.closed_at) #>> '{}' as "closedAt", d.label as disposition,
      case when k.metric is not null then jsonb_build_object('metric', k.metric, 'status', k.status,
        'dueAt', to_json(k.due_at) #>> '{}', 'warnAt', to_json(k.warn_at) #>> '{}', 'pauseReason', k.pause_reason,
        'overdue', k.status = 'running' and k.due_at < (select clock_now())) end as clock
    from unnest(${sql.param(ids)}::uuid[]) with ordinality as asked(id, place)
    join callback_requests r on r.workspace_id = ${ctx.workspaceId} and r.id = asked.id
    left join customers c on c.workspace_id = r.workspace_id and c.id = r.customer_id and c.erased_at is null
    left join callback_holds h on h.workspace_id = r.workspace_id and h.callback_id = r.id
      and h.until > (select clock_now())
    left join memberships am on am.id = r.assignee_id left join users au on au.id = am.user_id
    left join memberships hm on hm.id = h.membership_id left join users hu on hu.id = hm.user_id
    left join dispositions d on d.workspace_id = r.workspace_id and d.key = r.disposition
    left join lateral (
      select k.* from sla_clocks k where ${currentClock} and k.status <> 'stopped'
      order by case k.metric when 'promise' then 0 when 'first_attempt' then 1 else 2 end limit 1) k on true
    order by asked.place`);
  const masker = await maskerFor(tx, ctx);
  const reads = (line: Row) => ctx.role !== "agent" || (line.mine && line.holderName !== null);
  return rows.map(({ sum, ...line }) => ({
    ...line,
    score: shownScore(sum),
    phone: reads(line as Row) ? masker.phone(line.phone) : addressHint("sms", line.phone),
    description: masker.text(line.description),
  }));
}
