import { sql } from "drizzle-orm";
import { executePrepared } from "@/db/execute-prepared";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { loggerFor } from "@/server/platform/logger";

/** A customer to look at again, and what happened since the last look. */
export type TouchedCustomer = { customerId: string; kinds: string[] };

/**
 * What is done for touched customers: engagement, segments, triggers. Called again after a crash or a failure, and twice at
 * once when a process was stopped for long: it must bring about a state, never add to one.
 */
export type Evaluator = {
  name: string;
  evaluate: (ctx: Context, touched: TouchedCustomer[]) => Promise<void>;
};

export type EvaluateOptions = {
  evaluators: readonly Evaluator[];
  /** Who holds the claim: the process, as `server/deliveries` names it. */
  owner: string;
  most?: number;
};

const MOST_AT_ONCE = 500;
const CLAIM_SECONDS = 20;
/** A batch that failed is tried again after this; the others go on. */
const AGAIN_SECONDS = 5;
const log = loggerFor("touched");

type Claimed = { customer_id: string; touch: string; kinds: string[] };

/**
 * Takes the longest waiting touched customers of the workspace, hands them to the evaluators one after the other and
 * removes the marks that they saw. A customer touched meanwhile keeps the mark. Returns how many were taken.
 */
export async function evaluateTouched(ctx: Context, options: EvaluateOptions): Promise<number> {
  const claim = `${options.owner}/${crypto.randomUUID()}`;
  const claimed = await claimTouched(ctx, claim, options.most ?? MOST_AT_ONCE);
  if (claimed.length === 0) return 0;
  const touched = claimed.map(({ customer_id, kinds }) => ({ customerId: customer_id, kinds }));
  for (const { name, evaluate } of options.evaluators)
    try {
      await evaluate(ctx, touched);
    } catch (error) {
      const { code, message } = error as { code?: string; message?: string };
      log.error(
        { evaluator: name, customers: touched.length, code, message },
        "touched customers will be tried again",
      );
      await putBack(ctx, claim);
      return claimed.length;
    }
  await removeMarks(ctx, claim, claimed);
  return claimed.length;
}

/**
 * Two statements on purpose: joined in one, a planner whose statistics know only the empty table reads every mark once for
 * each that is claimed, which took minutes after an import of 45,000.
 */
async function claimTouched(ctx: Context, claim: string, most: number): Promise<Claimed[]> {
  return withTransaction(ctx, async (tx) => {
    const free = await executePrepared<{ customer_id: string }>(
      tx,
      sql`
      select customer_id from touched_customers
      where workspace_id = ${ctx.workspaceId} and (claimed_until is null or claimed_until <= clock_now())
      order by touched_at limit ${most} for update skip locked`,
    );
    if (free.length === 0) return [];
    const ids = sql.param(free.map((row) => row.customer_id));
    return [
      ...(await executePrepared<Claimed>(
        tx,
        sql`
        update touched_customers set claimed_by = ${claim},
          claimed_until = clock_now() + ${CLAIM_SECONDS} * interval '1 second'
        where workspace_id = ${ctx.workspaceId} and customer_id = any(${ids}::uuid[])
        returning customer_id, touch, kinds`,
      )),
    ];
  });
}

/** Removes what was seen, frees what was touched again. Nothing when somebody else holds the claim by now. */
async function removeMarks(ctx: Context, claim: string, seen: Claimed[]): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    // In the order in which touches lock them.
    await executePrepared(
      tx,
      sql`
      select from touched_customers where workspace_id = ${ctx.workspaceId} and claimed_by = ${claim}
      order by customer_id for update`,
    );
    await executePrepared(
      tx,
      sql`
      delete from touched_customers t
      using jsonb_to_recordset(${JSON.stringify(seen)}::jsonb) as s (customer_id uuid, touch bigint)
      where t.workspace_id = ${ctx.workspaceId} and t.customer_id = s.customer_id and t.touch = s.touch
        and t.claimed_by = ${claim}`,
    );
    await executePrepared(
      tx,
      sql`
      update touched_customers set claimed_by = null, claimed_until = null
      where workspace_id = ${ctx.workspaceId} and claimed_by = ${claim}`,
    );
  });
}

/** Leaves the marks, and the claim for a moment: whatever failed is not tried again at once. */
async function putBack(ctx: Context, claim: string): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    await tx.execute(sql`
      select from touched_customers where workspace_id = ${ctx.workspaceId} and claimed_by = ${claim}
      order by customer_id for update`);
    await tx.execute(sql`
      update touched_customers set claimed_by = null, claimed_until = clock_now() + ${AGAIN_SECONDS} * interval '1 second'
      where workspace_id = ${ctx.workspaceId} and claimed_by = ${claim}`);
  });
}

/** Frees the claims of processes that are known to be dead, so that a restart does not wait for their end. */
export async function freeDeadClaims(ctx: Context, isGone: (owner: string) => boolean): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const claims = await tx.execute<{ claimed_by: string }>(sql`
      select distinct claimed_by from touched_customers
      where workspace_id = ${ctx.workspaceId} and claimed_by is not null`);
    const dead = claims.map((row) => row.claimed_by).filter((claim) => isGone(claim.split("/")[0] ?? ""));
    if (dead.length === 0) return;
    await tx.execute(sql`
      select from touched_customers
      where workspace_id = ${ctx.workspaceId} and claimed_by = any(${sql.param(dead)}::text[])
      order by customer_id for update`);
    await tx.execute(sql`
      update touched_customers set claimed_by = null, claimed_until = null
      where workspace_id = ${ctx.workspaceId} and claimed_by = any(${sql.param(dead)}::text[])`);
  });
}
