import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Channel } from "@/server/channels/status";
import type { Context } from "@/server/platform/context";
import { erlangC, type Staffing } from "@/server/statistics";

/** What messages may bring the call centre, and who is there to take it. */
export type ExpectedCallbacks = {
  /** Requests an hour while it is sent; null where nothing was sent on one of its channels to reckon from. */
  perHour: number | null;
  total: number | null;
  /** What it was reckoned from: this workspace's messages of the last `days` on these channels, and the requests they caused. */
  basis: { sent: number; asked: number; days: number };
  /** Agents who are not offline now. */
  agents: number;
  /** Mean of talking, holding and wrapping up in this workspace's calls of the last `days`; null before the first. */
  handleSeconds: number | null;
  /** How those agents would cope by Erlang C, which overstates staff for calls that can wait; null where it cannot be known. */
  staffing: Staffing | null;
};

/** Results older than this say nothing about today's customers. */
const DAYS = 180;
/** For Erlang's service level, which is not shown. */
const TARGET_SECONDS = 20;

/**
 * Requests to expect from messages on these channels, sent over so many seconds: the share of messages that caused one, in
 * this workspace's own campaigns, channel by channel, spread over the sending; over an hour where that is shorter, for nobody
 * asks the instant they read.
 */
export async function expectCallbacks(
  tx: Transaction,
  ctx: Context,
  { messages, seconds }: { messages: Partial<Record<Channel, number>>; seconds: number },
): Promise<ExpectedCallbacks> {
  const rows = await tx.execute<{ channel: Channel; sent: number; asked: number }>(sql`
    with asked as (
      select e.channel, count(*)::int as asked from callback_requests q
      join executions e on e.part = q.part and e.run_number = q.run_number and e.seq = q.seq
      where q.workspace_id = ${ctx.workspaceId} and q.created_at > clock_now() - ${DAYS} * interval '1 day' group by 1)
    select s.channel, sum(s.sent)::int as sent, coalesce(max(a.asked), 0)::int as asked
    from run_rollups s left join asked a on a.channel = s.channel
    where s.workspace_id = ${ctx.workspaceId} and s.bucket > clock_now() - ${DAYS} * interval '1 day'
    group by 1 having sum(s.sent) > 0`);
  const [floor] = await tx.execute<{ agents: number; handleSeconds: number | null }>(sql`
    select (select count(*)::int from agents a join memberships m on m.id = a.membership_id
        where a.workspace_id = ${ctx.workspaceId} and m.status = 'active' and a.presence <> 'offline') as agents,
      (select avg(coalesce(t.talk_seconds, 0) + coalesce(t.hold_seconds, 0) + coalesce(t.wrap_up_seconds, 0))::float8
        from callback_attempts t where t.workspace_id = ${ctx.workspaceId} and t.outcome = 'connected'
          and t.started_at > clock_now() - ${DAYS} * interval '1 day') as "handleSeconds"`);
  const { agents = 0, handleSeconds = null } = floor ?? {};
  const wanted = (Object.entries(messages) as [Channel, number][]).filter(([, count]) => count > 0);
  const known = wanted.flatMap(([channel, count]) => {
    const row = rows.find((each) => each.channel === channel);
    return row ? [{ ...row, count }] : [];
  });
  const basis = {
    sent: known.reduce((sum, { sent }) => sum + sent, 0),
    asked: known.reduce((sum, { asked }) => sum + asked, 0),
    days: DAYS,
  };
  const complete = wanted.length > 0 && known.length === wanted.length;
  const total = complete
    ? known.reduce((sum, { count, asked, sent }) => sum + (count * asked) / sent, 0)
    : null;
  const perHour = total === null ? null : total / Math.max(1, seconds / 3_600);
  return {
    ...{ perHour, total, basis, agents, handleSeconds },
    staffing:
      perHour === null || handleSeconds === null || handleSeconds === 0
        ? null
        : erlangC(
            {
              callsPerInterval: perHour,
              intervalSeconds: 3_600,
              handleSeconds,
              targetSeconds: TARGET_SECONDS,
            },
            agents,
          ),
  };
}
