import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { lockScores, recomputeEngagement, writeChanged } from "./recompute";
import { scoreOn } from "./score-sql";

/** Customers of one statement: the lock is held for a fraction of a second, so that events go on being counted. */
const AT_ONCE = 10_000;
/** Counted from what happened, which takes longer than reading stored sums. */
const COUNTED_AT_ONCE = 2_000;

/** A part of the work: where to go on (null: nowhere), and how many scores changed. */
export type Moved = { next: string | null; changed: number };
type From = { after: string | null };

/** Statements of one step of the job. */
const STATEMENTS = 20;

const START = "00000000-0000-0000-0000-000000000000";

/**
 * Brings stored scores to today, up to 200,000 at a call: points have become less worth. Reads the stored sums alone, writes
 * the customers whose score changed. Safe to repeat.
 */
export const decayEngagement = (ctx: Context, from: From): Promise<Moved> => repeated(ctx, from, decayNext);

/** Counts up to 40,000 customers from what happened to them: where nothing is stored yet, or the formula is another. */
export const countEngagement = (ctx: Context, from: From): Promise<Moved> => repeated(ctx, from, countNext);

type Move = (ctx: Context, from: From) => Promise<Moved>;

async function repeated(ctx: Context, { after }: From, move: Move): Promise<Moved> {
  const total: Moved = { next: after, changed: 0 };
  for (let nth = 0; nth < STATEMENTS && (nth === 0 || total.next !== null); nth++) {
    const { next, changed } = await move(ctx, { after: total.next });
    total.next = next;
    total.changed += changed;
  }
  return total;
}

async function decayNext(ctx: Context, { after }: From): Promise<Moved> {
  return withTransaction(ctx, async (tx) => {
    const { today } = await lockScores(tx, ctx);
    const day = sql`${today}::date`;
    const [row] = await tx.execute<{ size: number; last: string | null; changed: number }>(sql`
      with stored as materialized (
        select s.* from customer_scores s where s.workspace_id = ${ctx.workspaceId} and s.customer_id > ${after ?? START}
        order by s.customer_id limit ${AT_ONCE}),
      scored as materialized (
        select stored.customer_id as customer, stored.score as before, ${scoreOn(day, "stored")} as after from stored),
      kept as (
        update customer_scores s set score = scored.after, day = ${day}, computed_at = clock_now() from scored
        where s.workspace_id = ${ctx.workspaceId} and s.customer_id = scored.customer and s.score <> scored.after),
      ${writeChanged(ctx)}
      select (select count(*)::int from stored) as size, (select max(customer_id::text) from stored) as last,
        (select count(*)::int from changed) as changed`);
    return { next: row?.size === AT_ONCE ? row.last : null, changed: row?.changed ?? 0 };
  });
}

async function countNext(ctx: Context, { after }: From): Promise<Moved> {
  const rows = await withTransaction(ctx, (tx) =>
    tx.execute<{ id: string }>(sql`
      select id from customers where workspace_id = ${ctx.workspaceId} and id > ${after ?? START} and erased_at is null
      order by id limit ${COUNTED_AT_ONCE}`),
  );
  const ids = rows.map(({ id }) => id);
  const changed = await recomputeEngagement(ctx, ids);
  return { next: ids.length === COUNTED_AT_ONCE ? (ids.at(-1) ?? null) : null, changed };
}

export type DueWorkspace = {
  workspaceId: string;
  /** The day that has begun there. */
  today: string;
  /** Nothing is stored yet, so everything is counted. */
  first: boolean;
};

/** Workspaces whose scores are of an earlier day. */
export async function dueWorkspaces(): Promise<DueWorkspace[]> {
  const rows = await withTransaction({ workspaceId: null }, (tx) =>
    tx.execute<DueWorkspace>(sql`select "workspaceId", today, first from engagement_due(${MOST_DUE})`),
  );
  return [...rows];
}
const MOST_DUE = 50;

/** Notes that a workspace's scores are of this day. */
export async function finishEngagementDay(ctx: Context, { today }: { today: string }): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    await tx.execute(sql`
      insert into engagement_days (workspace_id, day, finished_at) values (${ctx.workspaceId}, ${today}::date, clock_now())
      on conflict (workspace_id) do update set day = excluded.day, finished_at = excluded.finished_at`);
    await bumpTopics(tx, ctx, "customers");
  });
}
