import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { type Channel, channels } from "../status";

/** Messages since the workspace's midnight. `failed` counts those that came back too. */
export type TodayFigures = { sent: number; failed: number };

/** What the campaigns sent today, by channel, from the roll-ups (15-minute buckets compose every zone's day). */
export async function todayFigures(tx: Transaction, ctx: Context): Promise<Record<Channel, TodayFigures>> {
  const rows = await tx.execute<TodayFigures & { channel: Channel }>(sql`
    select r.channel, sum(r.sent)::int as sent, sum(r.failed + r.bounced)::int as failed
    from run_rollups r join workspaces w on w.id = r.workspace_id
    where r.workspace_id = ${ctx.workspaceId}
      and r.bucket >= date_trunc('day', (select clock_now()) at time zone w.time_zone) at time zone w.time_zone
    group by r.channel`);
  const found = new Map(rows.map(({ channel, ...figures }) => [channel, figures]));
  const of = (channel: Channel): TodayFigures => found.get(channel) ?? { sent: 0, failed: 0 };
  return Object.fromEntries(channels.map((channel) => [channel, of(channel)])) as Record<
    Channel,
    TodayFigures
  >;
}
