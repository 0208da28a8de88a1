import { sql } from "drizzle-orm";
import { executePrepared } from "@/db/execute-prepared";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { loggerFor } from "@/server/platform/logger";
import { isPassing } from "@/server/platform/passing";

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
/** Who failed waits as long again as they have waited since they were touched, in these bounds; the others go on. */
const AGAIN_SECONDS = 5;
const LONGEST_SECONDS = 3_600;
/** Looking for who breaks a batch ends with time left on its claim (ms). */
const SEARCH_MS = (CLAIM_SECONDS * 1_000) / 2;
const log = loggerFor("touched");

type Claimed = { customer_id: string; touch: string; kinds: string[] };

/**
 * Takes the longest waiting touched customers of the workspace, hands them to the evaluators one after the other and
 * removes the marks that they saw. A customer touched meanwhile keeps the mark. Where a batch breaks, whoever breaks it is
 * found: they are logged, keep their mark and wait longer each time, and hold up nobody else. Returns how many were taken.
 * @throws what `isPassing`: that is nobody's fault, so nobody is looked for, and all of them are free again in a moment
 */
export async function evaluateTouched(ctx: Context, options: EvaluateOptions): Promise<number> {
  const claim = `${options.owner}/${crypto.randomUUID()}`;
  const claimed = await claimTouched(ctx, claim, options.most ?? MOST_AT_ONCE);
  if (claimed.length === 0) return 0;
  const until = performance.now() + SEARCH_MS;
  const found = await evaluateApart(ctx, claimed, options.evaluators, until).catch(async (error: unknown) => {
    const all = claimed.map(({ customer_id }) => customer_id);
    // While the database is away this fails too: then the claim ends by itself.
    await putBack(ctx, claim, { customerIds: all, longest: AGAIN_SECONDS }).catch(() => {});
    throw error;
  });
  const failed = new Set(found);
  if (failed.size > 0) await putBack(ctx, claim, { customerIds: found, longest: LONGEST_SECONDS });
  const seen = claimed.filter(({ customer_id }) => !failed.has(customer_id));
  if (seen.length > 0) await removeMarks(ctx, claim, seen);
  return claimed.length;
}

/**
 * Evaluates all of them, or where that breaks one half and then the other, down to whom it breaks for: the evaluators may be
 * called again with the same. Returns those who were not evaluated; beyond `until` (ms, monotonic) nobody is looked for any more.
 * @throws what `isPassing`
 */
async function evaluateApart(
  ctx: Context,
  part: Claimed[],
  evaluators: readonly Evaluator[],
  until: number,
): Promise<string[]> {
  const failure = await evaluateAll(ctx, part, evaluators);
  if (failure === null) return [];
  const [one, other] = part;
  if (one && !other) {
    log.error(
      { workspaceId: ctx.workspaceId, customerId: one.customer_id, ...failure },
      "a touched customer could not be evaluated; tried again later, after a longer wait each time",
    );
    return [one.customer_id];
  }
  log.warn(
    { workspaceId: ctx.workspaceId, customers: part.length, ...failure },
    "touched customers are evaluated in smaller batches",
  );
  if (performance.now() > until) return part.map(({ customer_id }) => customer_id);
  const middle = Math.ceil(part.length / 2);
  return [
    ...(await evaluateApart(ctx, part.slice(0, middle), evaluators, until)),
    ...(await evaluateApart(ctx, part.slice(middle), evaluators, until)),
  ];
}

type Failure = { evaluator: string; code?: string; message?: string };

/** Null when each evaluator has seen them; else the first that broke. @throws what `isPassing` */
async function evaluateAll(
  ctx: Context,
  part: Claimed[],
  evaluators: readonly Evaluator[],
): Promise<Failure | null> {
  const touched = part.map(({ customer_id, kinds }) => ({ customerId: customer_id, kinds }));
  for (const { name, evaluate } of evaluators)
    try {
      await evaluate(ctx, touched);
    } catch (error) {
      if (isPassing(error)) throw error;
      const { code, message } = error as { code?: string; message?: string };
      return { evaluator: name, code, message };
    }
  return null;
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

/**
 * Leaves the marks, and the claim for a while: who failed is not tried again at once, and less often the longer they fail, at
 * `longest` (s) after this.
 */
async function putBack(
  ctx: Context,
  claim: string,
  { customerIds, longest }: { customerIds: string[]; longest: number },
): Promise<void> {
  const ids = sql.param(customerIds);
  await withTransaction(ctx, async (tx) => {
    await tx.execute(sql`
      select from touched_customers
      where workspace_id = ${ctx.workspaceId} and claimed_by = ${claim} and customer_id = any(${ids}::uuid[])
      order by customer_id for update`);
    await tx.execute(sql`
      update touched_customers set claimed_by = null, claimed_until = clock_now()
        + least(greatest(clock_now() - touched_at, ${AGAIN_SECONDS} * interval '1 second'), ${longest} * interval '1 second')
      where workspace_id = ${ctx.workspaceId} and claimed_by = ${claim} and customer_id = any(${ids}::uuid[])`);
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
