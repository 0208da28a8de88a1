import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import { renewalReaders } from "./status";

/** The months that insurers and their regulator look at. */
const MONTHS = [13, 25, 37, 49, 61];

export type Persistency = {
  /** The nth month since a policy began. */
  month: number;
  /** Policies that began in the twelve months which are that old by now, single premiums left out. */
  began: number;
  /** Those of them that are in force or in grace today. */
  kept: number;
  /** The same in annual premium, micro-units of the workspace's currency. */
  beganPremium: string;
  keptPremium: string;
};

/**
 * Persistency of the 13th to the 61st month: of the policies that began in twelve months, how many are still paid for when that
 * many months are over. By policies and by annual premium. @throws AppError FORBIDDEN
 */
export async function persistency(ctx: Context): Promise<Persistency[]> {
  requireRole(ctx, ...renewalReaders);
  const rows = await withTransaction(ctx, (tx) =>
    tx.execute<Persistency>(sql`
      with local as (
        select (clock_now() at time zone time_zone)::date as today, currency from workspaces where id = ${ctx.workspaceId})
      select n.month, count(p.id)::int as began,
        count(p.id) filter (where p.status in ('in_force', 'in_grace'))::int as kept,
        coalesce(sum(p.yearly), 0)::text as "beganPremium",
        coalesce(sum(p.yearly) filter (where p.status in ('in_force', 'in_grace')), 0)::text as "keptPremium"
      from unnest(${sql.param(MONTHS)}::int[]) as n (month) cross join local
      left join lateral (
        select x.id, x.status, case when x.currency = local.currency then x.premium_micros else 0 end * case x.payment_mode
            when 'monthly' then 12 when 'quarterly' then 4 when 'half_yearly' then 2 else 1 end as yearly
        from policies x where x.workspace_id = ${ctx.workspaceId} and x.payment_mode <> 'single' and x.status <> 'matured'
          and x.start_date > local.today - (n.month - 1 + 12) * interval '1 month'
          and x.start_date <= local.today - (n.month - 1) * interval '1 month') p on true
      group by 1 order by 1`),
  );
  return [...rows];
}
