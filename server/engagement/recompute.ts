import { sql } from "drizzle-orm";
import { executePrepared } from "@/db/execute-prepared";
import { type Transaction, withTransaction } from "@/db/transaction";
import { bumpTopicsSoon } from "@/server/platform/bump-soon";
import type { Context } from "@/server/platform/context";
import { scoreOn, sumColumns, sumsExcluded, sumsOfDays, sumsOrZero } from "./score-sql";
import { engagementDays } from "./sources";

const MOST_PAGES = 50;

/**
 * Counts the engagement of these customers anew, from what happened to them until now. Safe to repeat and to run at once
 * with others: it brings about a state. One statement, however many customers. Returns how many scores changed.
 */
export async function recomputeEngagement(ctx: Context, customerIds: readonly string[]): Promise<number> {
  if (customerIds.length === 0) return 0;
  const changed = await withTransaction(ctx, async (tx) => {
    const day = await lockScores(tx, ctx);
    return storeScores(tx, ctx, { customerIds, ...day });
  });
  // Their pages; the lists only when it is many, so that a busy hour does not read them again each second.
  if (changed.length > MOST_PAGES) bumpTopicsSoon(ctx.workspaceId, "customers");
  else if (changed.length > 0) bumpTopicsSoon(ctx.workspaceId, ...changed.map((id) => `customer:${id}`));
  return changed.length;
}

export type Today = { zone: string; today: string };

/**
 * One writer of a workspace's scores at a time: the last one to get the lock looks last, so an older look never overwrites a
 * newer one, and rows are never locked in a circle. Returns the workspace's day.
 */
export async function lockScores(tx: Transaction, ctx: Context): Promise<Today> {
  await executePrepared(
    tx,
    sql`select pg_advisory_xact_lock(hashtextextended(${`engagement ${ctx.workspaceId}`}, 0))`,
  );
  const [row] = await executePrepared<Today>(
    tx,
    sql`
    select time_zone as zone, (clock_now() at time zone time_zone)::date::text as today
    from workspaces where id = ${ctx.workspaceId}`,
  );
  if (!row) throw new Error("no workspace");
  return row;
}

type Storing = Today & { customerIds: readonly string[] };

async function storeScores(
  tx: Transaction,
  ctx: Context,
  { customerIds, zone, today }: Storing,
): Promise<string[]> {
  const ids = sql`${sql.param([...customerIds])}::uuid[]`;
  const day = sql`${today}::date`;
  const rows = await executePrepared<{ customer: string }>(
    tx,
    sql`
    with happened as materialized (
      ${engagementDays({ workspaceId: ctx.workspaceId, ids, zone: sql`${zone}::text`, day })}),
    sums as materialized (select customer, ${sumsOfDays} from happened group by 1),
    summed as (
      select c.id as customer, c.engagement_score as before, ${sumsOrZero}
      from customers c left join sums s on s.customer = c.id
      where c.workspace_id = ${ctx.workspaceId} and c.id = any (${ids}) and c.erased_at is null),
    scored as materialized (select *, ${scoreOn(day, "summed")} as after from summed),
    kept as (
      insert into customer_scores (workspace_id, customer_id, ${sumColumns}, score, day)
      select ${ctx.workspaceId}, customer, ${sumColumns}, after, ${day} from scored order by customer
      on conflict (workspace_id, customer_id) do update set ${sumsExcluded}, score = excluded.score, day = excluded.day,
        computed_at = clock_now()),
    ${writeChanged(ctx)}
    select customer from changed`,
  );
  return rows.map(({ customer }) => customer);
}

/**
 * The part of a statement that tells customers their new score and writes down what it crossed: `changed` out of `scored`
 * (`customer`, `before`, `after`). Customers are locked in the order of their ids, like everywhere.
 */
export const writeChanged = (ctx: Context) => sql`
    changed as materialized (
      select c.id as customer, s.before, s.after from customers c join scored s on s.customer = c.id
      where c.workspace_id = ${ctx.workspaceId} and s.before <> s.after order by c.id for no key update of c),
    told as (
      update customers c set engagement_score = changed.after from changed
      where c.workspace_id = ${ctx.workspaceId} and c.id = changed.customer),
    crossed as (
      insert into engagement_crossings (workspace_id, customer_id, before, after)
      select ${ctx.workspaceId}, customer, before, after from changed where before / 5 <> after / 5)`;
