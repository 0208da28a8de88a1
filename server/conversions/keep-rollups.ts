import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { bumpTopicsSoon } from "@/server/platform/bump-soon";
import type { Context } from "@/server/platform/context";

/**
 * Changes conversions of these customers and brings the roll-ups along, in the caller's transaction. One change at a time in
 * a workspace: who was a customer's first conversion must not change meanwhile. Mark the customers before (`touchCustomers`):
 * marks are locked before conversions everywhere.
 */
export async function changingConversions<T>(
  tx: Transaction,
  ctx: Context,
  customerIds: readonly string[],
  change: () => Promise<T>,
): Promise<T> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtext('ringback.conversions'), hashtext(${ctx.workspaceId}))`,
  );
  const counted = countedOf(ctx, sql`and v.customer_id = any(${sql.param([...customerIds])}::uuid[])`);
  const before = await tx.execute(counted);
  const result = await change();
  const moved = await tx.execute<{ campaign_id: string }>(sql`
    with moved as (
      select run_number, campaign_id, bucket, channel, variant, sum(converted)::int as converted,
        sum(conversions)::int as conversions, sum(revenue_micros)::bigint as revenue_micros
      from (
        select run_number, campaign_id, bucket, channel, variant, converted, conversions, revenue_micros from (${counted}) n
        union all
        select run_number, campaign_id, bucket, channel, variant, -converted, -conversions, -revenue_micros
        from jsonb_to_recordset(${JSON.stringify([...before])}::jsonb) as b (run_number bigint, campaign_id uuid,
          bucket timestamptz, channel text, variant smallint, converted int, conversions int, revenue_micros bigint)) both_sides
      group by 1, 2, 3, 4, 5)
    insert into conversion_rollups
      (workspace_id, run_number, campaign_id, bucket, channel, variant, converted, conversions, revenue_micros)
    select ${ctx.workspaceId}, run_number, campaign_id, bucket, channel, variant, converted, conversions, revenue_micros
    from moved where converted <> 0 or conversions <> 0 or revenue_micros <> 0 order by 2, 4, 5, 6
    on conflict (workspace_id, run_number, bucket, channel, variant) do update
      set converted = conversion_rollups.converted + excluded.converted,
        conversions = conversion_rollups.conversions + excluded.conversions,
        revenue_micros = conversion_rollups.revenue_micros + excluded.revenue_micros
    returning campaign_id`);
  const campaigns = new Set(moved.map((row) => `campaign:${row.campaign_id}`));
  if (campaigns.size > 0) bumpTopicsSoon(ctx.workspaceId, "campaigns", "conversions", ...campaigns);
  return result;
}

/**
 * What credited conversions count, by run and quarter of an hour: customers at their first one of the run, all of them, and
 * their value where it is in the workspace's currency.
 */
const countedOf = (ctx: Context, only: SQL): SQL => sql`
  select v.run_number, v.campaign_id, date_bin('15 minutes', v.occurred_at, 'epoch'::timestamptz) as bucket, v.channel,
    v.variant, count(*) filter (where v.nth = 1)::int as converted, count(*)::int as conversions,
    coalesce(sum(v.value_micros) filter (where v.currency = w.currency), 0)::bigint as revenue_micros
  from (select v.*, row_number() over (partition by v.run_number, v.customer_id order by v.occurred_at, v.id) as nth
    from conversions v where v.workspace_id = ${ctx.workspaceId} and v.run_number is not null and v.discounted_for is null
      ${only}) v
  join workspaces w on w.id = v.workspace_id group by 1, 2, 3, 4, 5`;
