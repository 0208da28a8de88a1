import { type SQL, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { loggerFor } from "@/server/platform/logger";
import { bumpTopics } from "@/server/platform/realtime";
import { namedSegments } from "./load-world";
import { isRelativeRule } from "./rule/check";
import type { Rule } from "./rule/model";
import { living, ruleCondition } from "./rule-condition";

const log = loggerFor("segments");

export type MembershipChange = { segmentId: string; customerId: string; change: "entered" | "left" };
type Cause = "event" | "day" | "rule" | "audit";

/**
 * Brings the stored membership of these customers in tracked segments up to date, and says who entered and left. Safe to
 * repeat and to run at once with others: it brings about a state. A tracked segment that cannot be evaluated any more is
 * left as it is.
 */
export async function reevaluateMemberships(
  ctx: Context,
  customerIds: readonly string[],
): Promise<MembershipChange[]> {
  if (customerIds.length === 0) return [];
  return withTransaction(ctx, async (tx) => {
    // In the order of their ids, in which they are locked.
    const tracked = await tx.execute<{ id: string }>(sql`
      select id from segments where workspace_id = ${ctx.workspaceId} and tracked and deleted_at is null order by id`);
    const changes: MembershipChange[] = [];
    for (const { id } of tracked) {
      const segment = await lockMembership(tx, ctx, id);
      // One that was never filled is about to be, by somebody who looks later than this.
      if (segment?.filled)
        changes.push(...(await evaluate(tx, ctx, { ...segment, customerIds, cause: "event" })));
    }
    if (changes.length > 0)
      await bumpTopics(tx, ctx, ...new Set(changes.map(({ segmentId }) => `segment:${segmentId}`)));
    return changes;
  });
}

type Tracked = { id: string; rule: Rule; filled: boolean; today: string };

/**
 * Brings the whole stored membership of a tracked segment up to date. The first time its members are only written down:
 * nobody entered. Returns how many came and went; null when it is not tracked (any more).
 */
export async function recomputeMembership(
  ctx: Context,
  { segmentId, cause }: { segmentId: string; cause: Exclude<Cause, "event"> },
): Promise<{ entered: number; left: number } | null> {
  return withTransaction(ctx, async (tx) => {
    const segment = await lockMembership(tx, ctx, segmentId);
    if (!segment) return null;
    const changes = await evaluate(tx, ctx, { ...segment, customerIds: null, cause });
    await tx.execute(sql`
      update segments set rolled_on = ${segment.today}::date,
        audited_on = case when ${cause === "audit"} then ${segment.today}::date else audited_on end
      where workspace_id = ${ctx.workspaceId} and id = ${segmentId}`);
    await bumpTopics(tx, ctx, `segment:${segmentId}`);
    const entered = changes.filter(({ change }) => change === "entered").length;
    return { entered, left: changes.length - entered };
  });
}

/**
 * Has the audit look at a segment again that could not be brought up to date: from three o'clock on, each quarter of an hour
 * until it goes well.
 */
export async function auditAgain(ctx: Context, { segmentId }: { segmentId: string }): Promise<void> {
  await withTransaction(ctx, (tx) =>
    tx.execute(sql`
      update segments set audited_on = null where workspace_id = ${ctx.workspaceId} and id = ${segmentId}`),
  );
}

/**
 * What is due for a tracked segment after local midnight: a new day where its rule counts from today, and once a night a
 * comparison with a full evaluation, whose differences are mended and logged.
 */
export async function rollMembership(
  ctx: Context,
  { segmentId, audit }: { segmentId: string; audit: boolean },
): Promise<void> {
  const relative = await withTransaction(ctx, (tx) => isRelative(tx, ctx, segmentId));
  if (relative === null) return;
  if (relative.isRelative || !relative.filled) await recomputeMembership(ctx, { segmentId, cause: "day" });
  if (!audit) {
    await withTransaction(ctx, (tx) =>
      tx.execute(sql`
        update segments s set rolled_on = (clock_now() at time zone w.time_zone)::date from workspaces w
        where w.id = s.workspace_id and s.workspace_id = ${ctx.workspaceId} and s.id = ${segmentId}`),
    );
    return;
  }
  const found = await recomputeMembership(ctx, { segmentId, cause: "audit" });
  if (found && found.entered + found.left > 0)
    log.warn({ segmentId, ...found }, "the nightly audit found members that events had not told of");
}

async function isRelative(
  tx: Transaction,
  ctx: Context,
  segmentId: string,
): Promise<{ isRelative: boolean; filled: boolean } | null> {
  const found = await readTracked(tx, ctx, segmentId);
  if (!found) return null;
  const used = await unlessBroken(() => namedSegments(tx, ctx, [found.rule]));
  const rules = [found.rule, ...(used?.values() ?? [])];
  return { isRelative: rules.some(isRelativeRule), filled: found.filled };
}

/**
 * One evaluation of a segment at a time: the last one to get the lock reads last, so that an older look, or an older rule,
 * never overwrites a newer one. Taken in a statement of its own, before those that look. Null when it is not tracked.
 */
async function lockMembership(tx: Transaction, ctx: Context, segmentId: string): Promise<Tracked | null> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`membership ${segmentId}`}, 0))`);
  return readTracked(tx, ctx, segmentId);
}

async function readTracked(tx: Transaction, ctx: Context, segmentId: string): Promise<Tracked | null> {
  const [row] = await tx.execute<Tracked>(sql`
    select s.id, s.rule, s.rolled_on is not null as filled, (clock_now() at time zone w.time_zone)::date::text as today
    from segments s join workspaces w on w.id = s.workspace_id
    where s.workspace_id = ${ctx.workspaceId} and s.id = ${segmentId} and s.tracked and s.deleted_at is null`);
  return row ?? null;
}

type Evaluation = Omit<Tracked, "today"> & { customerIds: readonly string[] | null; cause: Cause };

async function evaluate(
  tx: Transaction,
  ctx: Context,
  { id, rule, filled, customerIds, cause }: Evaluation,
): Promise<MembershipChange[]> {
  const few = customerIds && sql.param([...customerIds]);
  const among = (column: SQL): SQL => (few ? sql`and ${column} = any(${few}::uuid[])` : sql``);
  const loading = few
    ? { shape: "few" as const, among: sql`customers.id = any(${few}::uuid[])` }
    : { shape: "many" as const };
  const condition = await unlessBroken(() => ruleCondition(tx, ctx, rule, loading));
  if (!condition) {
    log.error(
      { segmentId: id },
      "a tracked segment uses something that is gone; its members stay as they are",
    );
    return [];
  }
  const changes = await tx.execute<{ customer: string; change: "entered" | "left" }>(sql`
    with now_in as materialized (
      select c.id from customers c where ${living(ctx)} ${among(sql`c.id`)} and ${condition}),
    entered as (
      insert into segment_members (workspace_id, segment_id, customer_id)
      select ${ctx.workspaceId}, ${id}, n.id from now_in n where not exists (select from segment_members m
        where m.workspace_id = ${ctx.workspaceId} and m.segment_id = ${id} and m.customer_id = n.id)
      returning customer_id),
    gone as (
      delete from segment_members m where m.workspace_id = ${ctx.workspaceId} and m.segment_id = ${id}
        ${among(sql`m.customer_id`)} and not exists (select from now_in n where n.id = m.customer_id)
      returning customer_id),
    changed as (
      select customer_id, 'entered' as change from entered union all select customer_id, 'left' from gone),
    logged as (
      insert into segment_changes (workspace_id, segment_id, customer_id, change, cause)
      select ${ctx.workspaceId}, ${id}, customer_id, change, ${cause} from changed where ${filled})
    select customer_id as customer, change from changed where ${filled}`);
  return changes.map(({ customer, change }) => ({ segmentId: id, customerId: customer, change }));
}

/** Null when a rule uses something which is gone. */
async function unlessBroken<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    // Better an old answer than a wrong one.
    if (error instanceof AppError && error.details.code === "broken_segment") return null;
    throw error;
  }
}
