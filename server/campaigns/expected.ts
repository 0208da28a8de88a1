import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Channel } from "@/server/channels/status";
import type { Context } from "@/server/platform/context";

/** How many responses a message may bring, and what says so. */
export type Expected = {
  /** Replies, rounded; null without past results to reckon from. */
  responses: number | null;
  /** What it was reckoned from: messages of this workspace that were delivered on these channels. */
  delivered: number;
  days: number;
};

/** Results older than this say nothing about today's customers. */
const DAYS = 180;

/**
 * Replies to expect from messages on these channels: the share of delivered ones that were answered, in this workspace's own
 * campaigns of the last half year, channel by channel. A channel that nothing was delivered on has none, and then nothing is
 * said.
 */
export async function expectResponses(
  tx: Transaction,
  ctx: Context,
  byChannel: Record<Channel, number>,
): Promise<Expected> {
  const rows = await tx.execute<{ channel: Channel; delivered: number; replied: number }>(sql`
    select channel, sum(delivered)::int as delivered, sum(replied)::int as replied from run_rollups
    where workspace_id = ${ctx.workspaceId} and bucket > clock_now() - ${DAYS} * interval '1 day'
    group by channel having sum(delivered) > 0`);
  const wanted = (Object.keys(byChannel) as Channel[]).filter((channel) => byChannel[channel] > 0);
  const known = rows.filter(({ channel }) => wanted.includes(channel));
  const delivered = known.reduce((sum, row) => sum + row.delivered, 0);
  const responses = known.reduce(
    (sum, row) => sum + (byChannel[row.channel] * row.replied) / row.delivered,
    0,
  );
  const complete = wanted.length > 0 && known.length === wanted.length;
  return { responses: complete ? Math.round(responses) : null, delivered, days: DAYS };
}
