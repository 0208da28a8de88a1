import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { type ExecutionKey, trackingLock } from "@/server/deliveries";
import { moveReaction, type ReactionKind } from "./move-reaction";

export type Reaction = {
  kind: ReactionKind;
  /** The same reaction reported twice is one row. */
  dedupeKey: string;
  /** Ids and rules; never what the customer wrote. */
  detail: Record<string, string>;
  /** When it happened; null for now. Later than now counts as now. */
  occurredAt: Date | null;
};

/**
 * Appends what a recipient did about a message, and counts it in the run's roll-up: a customer who replies five times replied
 * once, at the first time that anybody told of, whichever is told first. The customer is marked for re-evaluation. Returns
 * whether it is the first of its kind that is told.
 */
export async function appendReaction(
  tx: Transaction,
  key: ExecutionKey,
  reaction: Reaction,
): Promise<boolean> {
  const { kind, dedupeKey, detail, occurredAt } = reaction;
  const column = sql.identifier(kind);
  await tx.execute(
    sql`select pg_advisory_xact_lock_shared(hashtextextended(${trackingLock(key.runNumber)}, 0))`,
  );
  const rows = await tx.execute<{ counted: boolean }>(sql`
    with execution as (
      select e.part, e.run_number, e.seq, e.workspace_id, e.customer_id, e.channel, e.variant, r.campaign_id, clock_now() as now,
        least(coalesce(${occurredAt?.toISOString() ?? null}::timestamptz, clock_now()), clock_now()) as at
      from executions e join campaign_runs r on r.number = e.run_number
      where e.part = ${key.part} and e.run_number = ${key.runNumber} and e.seq = ${key.seq} and e.channel is not null
    ), counted as (
      -- Two at once: the unique index on first events lets one through and the other waits for it.
      insert into delivery_events
        (part, run_number, seq, dedupe_key, workspace_id, kind, first, detail, occurred_at, received_at)
      select part, run_number, seq, ${dedupeKey}, workspace_id, ${kind}, true, ${JSON.stringify(detail)}::jsonb, at, now
      from execution
      on conflict do nothing
      returning occurred_at
    ), kept as (
      insert into delivery_events
        (part, run_number, seq, dedupe_key, workspace_id, kind, first, detail, occurred_at, received_at)
      select part, run_number, seq, ${dedupeKey}, workspace_id, ${kind}, false, ${JSON.stringify(detail)}::jsonb, at, now
      from execution where not exists (select from counted)
      on conflict do nothing
    ), rolled as (
      insert into run_rollups (workspace_id, run_number, campaign_id, bucket, channel, variant, ${column})
      select x.workspace_id, x.run_number, x.campaign_id, date_bin('15 minutes', c.occurred_at, 'epoch'::timestamptz),
        x.channel, x.variant, 1
      from execution x cross join counted c
      on conflict (workspace_id, run_number, bucket, channel, variant) do update
        set ${column} = run_rollups.${column} + excluded.${column}
    ), touched as materialized (
      select touch_customers(workspace_id, array[customer_id], array['delivery']) from execution
    )
    select exists (select from counted) as counted, (select count(*) from touched)`);
  const [row] = rows;
  if (row && !row.counted) await countEarlier(tx, key, reaction);
  return row?.counted ?? false;
}

/**
 * Gives the mark to a reaction that was told second and is earlier than the one that counts, and moves the roll-up. Of two at
 * once the other has ended: the customer's mark for re-evaluation, which was set above, is held to the end.
 */
async function countEarlier(
  tx: Transaction,
  key: ExecutionKey,
  { kind, dedupeKey }: Pick<Reaction, "kind" | "dedupeKey">,
): Promise<void> {
  const those = sql`d.part = ${key.part} and d.run_number = ${key.runNumber} and d.seq = ${key.seq} and d.kind = ${kind}`;
  const [moved] = await tx.execute<{ from: string; to: string }>(sql`
    update delivery_events d set first = false from (
      select d.occurred_at from delivery_events d
      where ${those} and d.dedupe_key = ${dedupeKey} and not d.machine) told
    where ${those} and d.first and d.occurred_at > told.occurred_at
    returning to_json(d.occurred_at) #>> '{}' as "from", to_json(told.occurred_at) #>> '{}' as "to"`);
  if (!moved) return;
  await tx.execute(sql`
    update delivery_events d set first = true where ${those} and d.dedupe_key = ${dedupeKey}`);
  await moveReaction(tx, key, kind, [
    { at: moved.from, by: -1 },
    { at: moved.to, by: 1 },
  ]);
}
