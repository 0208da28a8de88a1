import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { Channel } from "@/server/channels/status";
import type { Context } from "@/server/platform/context";

export type AccountTrouble = {
  id: string;
  name: string;
  channel: Channel;
  paused: boolean;
  /** The provider's words, or null. */
  trouble: string | null;
  /** Seconds for which the provider asked to wait; 0 when it did not. */
  waitSeconds: number;
  /** In this and the last quarter of an hour. */
  sent: number;
  failed: number;
};

export type WorkspaceLook = {
  /** Messages of active campaigns that have no result yet. */
  pending: number;
  oldestPendingSeconds: number;
  /** Batches that a worker holds now. */
  held: number;
  sendingStopped: boolean;
  accounts: AccountTrouble[];
  receiptsGivenUp: number;
  /** Launched campaigns whose audience is not fixed two minutes later. */
  lateRuns: number;
};

/** What waits in this workspace, and what its providers say. */
export function lookAtWorkspace(ctx: Context): Promise<WorkspaceLook> {
  return withTransaction(ctx, async (tx) => {
    const [[queue], accounts, [receipts], [runs]] = await Promise.all([
      tx.execute<Omit<WorkspaceLook, "accounts" | "receiptsGivenUp" | "lateRuns">>(sql`
        select coalesce(sum(b.size - b.recorded), 0)::int as pending,
          coalesce(extract(epoch from clock_now() - min(b.sealed_at)), 0)::float8 as "oldestPendingSeconds",
          (count(*) filter (where b.lease_until > clock_now()))::int as held,
          (select w.sending_stopped_at is not null from workspaces w where w.id = ${ctx.workspaceId}) as "sendingStopped"
        from execution_batches b join campaigns c on c.id = b.campaign_id and c.status = 'active'
        where b.workspace_id = ${ctx.workspaceId} and b.status = 'open'`),
      tx.execute<AccountTrouble>(sql`
        select a.id, a.name, a.channel, a.status = 'paused' as paused, a.trouble,
          greatest(0, coalesce(extract(epoch from k.blocked_until - clock_now()), 0))::float8 as "waitSeconds",
          coalesce(n.sent, 0)::int as sent, coalesce(n.failed, 0)::int as failed
        from channel_accounts a left join channel_buckets k on k.account_id = a.id
        left join lateral (
          select sum(q.sent) as sent, sum(q.failed) as failed from account_counts q
          where q.account_id = a.id and q.bucket > clock_now() - interval '30 minutes') n on true
        where a.workspace_id = ${ctx.workspaceId} and a.status <> 'archived'
        order by a.channel, a.id limit 200`),
      tx.execute<{ n: number }>(sql`
        select count(*)::int as n from webhook_receipts where workspace_id = ${ctx.workspaceId} and given_up_at is not null`),
      tx.execute<{ n: number }>(sql`
        select count(*)::int as n from campaign_runs where workspace_id = ${ctx.workspaceId} and status = 'freezing'
          and created_at < clock_now() - interval '2 minutes'`),
    ]);
    return {
      pending: queue?.pending ?? 0,
      oldestPendingSeconds: queue?.oldestPendingSeconds ?? 0,
      held: queue?.held ?? 0,
      sendingStopped: queue?.sendingStopped ?? false,
      accounts: [...accounts],
      receiptsGivenUp: receipts?.n ?? 0,
      lateRuns: runs?.n ?? 0,
    };
  });
}
