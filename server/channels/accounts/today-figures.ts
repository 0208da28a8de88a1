import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { type Channel, channels } from "../status";

/** Messages of campaigns since the workspace's midnight. `failed`: refused, by the account or by what it reached at once. */
export type TodayFigures = { sent: number; failed: number };

type Row = TodayFigures & { channel: Channel };

/** What one account took and refused today, whatever carries its channel now (15-minute buckets compose every zone's day). */
export async function accountToday(tx: Transaction, ctx: Context, accountId: string): Promise<TodayFigures> {
  const [row] = await today(tx, ctx, sql`a.id = ${accountId}`);
  return row ? { sent: row.sent, failed: row.failed } : { sent: 0, failed: 0 };
}

/** The same by channel, over all its accounts. */
export async function todayFigures(tx: Transaction, ctx: Context): Promise<Record<Channel, TodayFigures>> {
  const rows = await today(tx, ctx, sql`true`);
  const found = new Map(rows.map(({ channel, ...figures }) => [channel, figures]));
  const of = (channel: Channel): TodayFigures => found.get(channel) ?? { sent: 0, failed: 0 };
  return Object.fromEntries(channels.map((channel) => [channel, of(channel)])) as Record<
    Channel,
    TodayFigures
  >;
}

const today = (tx: Transaction, ctx: Context, which: SQL): Promise<Row[]> =>
  tx.execute<Row>(sql`
    select a.channel, sum(k.sent)::int as sent, sum(k.failed)::int as failed
    from account_counts k join channel_accounts a on a.id = k.account_id join workspaces w on w.id = a.workspace_id
    where a.workspace_id = ${ctx.workspaceId} and ${which}
      and k.bucket >= date_trunc('day', (select clock_now()) at time zone w.time_zone) at time zone w.time_zone
    group by a.channel`);
