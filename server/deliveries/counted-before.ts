import type { Sql } from "postgres";
import type { Context } from "@/server/platform/context";

type Counting = { ctx: Context; customerId: string; channel: string; days: number; at: Date };

/** Promotion on the channel in the days before a time. */
export async function countedBefore(
  sql: Sql,
  { ctx, customerId, channel, days, at }: Counting,
): Promise<number> {
  const [row] = await sql<{ had: number }[]>`
    select count(*)::int as had from sending_reservations
    where workspace_id = ${ctx.workspaceId} and customer_id = ${customerId} and channel = ${channel}
      and purpose = 'promotional' and at > ${at}::timestamptz - ${days} * interval '1 day'`;
  return row?.had ?? 0;
}
