import type { Sql } from "postgres";
import type { ProviderEvent } from "@/server/channels/provider-event";
import { countOpens } from "./count-opens";
import { lockTracking } from "./lock-tracking";
import type { ExecutionKey } from "./public-id";
import { type RunKey, recounting } from "./recounting";

/** A report on a message of ours. */
export type StatusEvent = Extract<ProviderEvent, { dedupeKey: string }> & { key: ExecutionKey };

type Counted = {
  seq: number;
  dedupeKey: string;
  kind: StatusEvent["kind"];
  detail: Record<string, unknown>;
  occurredAt: string;
  /** What the provider itself says that it charged (micro-units); null: what was agreed. */
  charged: bigint | null;
  first: boolean;
  cost: bigint | null;
};

/**
 * Appends reports on messages of one run and counts those of attempts that have a result: the roll-ups, the cost at the
 * billing event, what a message no longer waits for. A report that overtakes its result is kept and counted when the result
 * is there (`countEvents` again, with none). Returns how many were new.
 */
export async function countEvents(sql: Sql, run: RunKey, events: StatusEvent[]): Promise<number> {
  // Both before anything else: what is counted is decided before `recounting` looks, and visits mark customers after the second.
  await Promise.all([
    sql`select pg_advisory_xact_lock(hashtextextended(${`recounting:${run.runNumber}`}, 0))`,
    lockTracking(sql, run.runNumber),
  ]);
  const fresh = await keepNew(sql, run, events);
  const early = await sql<{ seq: number }[]>`
    select distinct seq from delivery_events
    where part = ${run.part} and run_number = ${run.runNumber} and not counted order by seq`;
  const seqs = await answeredOf(
    sql,
    run,
    early.map(({ seq }) => seq),
  );
  if (seqs.length === 0) return fresh;
  await recounting(sql, run, {
    seqs,
    work: async () => {
      const counted = await price(sql, run, seqs);
      await mark(sql, run, counted);
      await countOpens(
        sql,
        run,
        counted.filter(({ kind }) => kind === "read"),
      );
      await letGo(sql, run, seqs);
    },
  });
  return fresh;
}

/** Keeps what is not there yet, of executions that are; nothing of it counts so far. */
async function keepNew(sql: Sql, run: RunKey, events: StatusEvent[]): Promise<number> {
  if (events.length === 0) return 0;
  const column = <T>(of: (event: StatusEvent) => T): T[] => events.map(of);
  const detail = ({ reason, detail: words, cost }: StatusEvent) => ({
    ...(reason === null ? {} : { reason }),
    ...(words === null ? {} : { detail: words }),
    ...(cost === null ? {} : { charged: cost.micros.toString(), currency: cost.currency }),
  });
  const added = await sql`
    insert into delivery_events (part, run_number, seq, dedupe_key, workspace_id, kind, first, detail, counted, occurred_at)
    select e.part, e.run_number, e.seq, v.dedupe_key, e.workspace_id, v.kind, false, v.detail::jsonb, false, v.occurred_at
    from unnest(${column(({ key }) => key.seq)}::int[], ${column(({ dedupeKey }) => dedupeKey)}::text[],
      ${column(({ kind }) => kind)}::text[], ${column((event) => JSON.stringify(detail(event)))}::text[],
      ${column(({ occurredAt }) => occurredAt.toISOString())}::timestamptz[]) as v(seq, dedupe_key, kind, detail, occurred_at)
    join executions e on e.part = ${run.part} and e.run_number = ${run.runNumber} and e.seq = v.seq and e.channel is not null
    on conflict do nothing returning 1`;
  // A person read these; what a provider delivered is too much to look at customer by customer, unless the credit for a
  // conversion may hang on it.
  await sql`
    select touch_customers(e.workspace_id, array_agg(e.customer_id), array_agg('delivery'::text))
    from unnest(${column(({ key }) => key.seq)}::int[], ${column(({ kind }) => String(kind === "read"))}::text[]::boolean[])
      as v(seq, human)
    join executions e on e.part = ${run.part} and e.run_number = ${run.runNumber} and e.seq = v.seq
    where v.human or exists (select from conversions c where c.workspace_id = e.workspace_id and c.customer_id = e.customer_id)
    group by e.workspace_id`;
  return added.length;
}

/**
 * Those whose attempt has a result, and of which no other attempt is under way. One that waits to be tried again no longer
 * does; a worker that takes the next attempt up at this moment sees the report, because it waits for its batch.
 */
async function answeredOf(sql: Sql, run: RunKey, seqs: number[]): Promise<number[]> {
  if (seqs.length === 0) return [];
  await sql`
    delete from executions_due where run_number = ${run.runNumber} and seq = any(${seqs}::int[])`;
  await sql`
    select from execution_batches b where b.run_number = ${run.runNumber} and b.status = 'open'
      and b.seqs && ${seqs}::int[] order by b.batch_number for share`;
  const rows = await sql<{ seq: number }[]>`
    select s.seq from unnest(${seqs}::int[]) as s(seq)
    where exists (select from execution_results r
      where r.part = ${run.part} and r.run_number = ${run.runNumber} and r.seq = s.seq)
    and not exists (select from execution_batches b where b.run_number = ${run.runNumber} and b.status = 'open'
      and (case when b.seqs is null then s.seq >= b.first_seq and s.seq < b.first_seq + b.cursor
        else s.seq = any(b.seqs[1:b.cursor]) end)
      and not exists (select from execution_results r where r.part = ${run.part} and r.run_number = ${run.runNumber}
        and r.seq = s.seq and r.batch_number = b.batch_number))
    order by s.seq`;
  return rows.map(({ seq }) => seq);
}

type Waiting = Omit<Counted, "first" | "cost" | "charged"> & {
  charged: string | null;
  currency: string | null;
};
type Account = { seq: number; billed: string; quoted: string | null; kinds: string[]; currency: string };

/** The reports that are to be counted now, each with whether it is the first of its kind and what it costs. */
async function price(sql: Sql, run: RunKey, seqs: number[]): Promise<Counted[]> {
  const waiting = await sql<Waiting[]>`
    select seq, dedupe_key as "dedupeKey", kind, detail, occurred_at::text as "occurredAt", detail ->> 'charged' as charged,
      detail ->> 'currency' as currency
    from delivery_events where part = ${run.part} and run_number = ${run.runNumber} and seq = any(${seqs}::int[])
      and not counted order by seq, occurred_at, dedupe_key`;
  const accounts = await sql<Account[]>`
    select s.seq, w.currency,
      (coalesce((select sum(cost_micros) from execution_results r
        where r.part = ${run.part} and r.run_number = ${run.runNumber} and r.seq = s.seq), 0)
      + coalesce((select sum(cost_micros) from delivery_events d
        where d.part = ${run.part} and d.run_number = ${run.runNumber} and d.seq = s.seq and d.counted), 0))::text as billed,
      (select max(quoted_micros) from execution_results r
        where r.part = ${run.part} and r.run_number = ${run.runNumber} and r.seq = s.seq)::text as quoted,
      array(select kind from delivery_events d where d.part = ${run.part} and d.run_number = ${run.runNumber}
        and d.seq = s.seq and d.first) as kinds
    from unnest(${seqs}::int[]) as s(seq) join workspaces w on w.id = ${run.workspaceId}`;
  const bySeq = new Map(
    accounts.map(({ seq, billed, quoted, kinds, currency }) => [
      seq,
      {
        billed: BigInt(billed),
        quoted: quoted === null ? null : BigInt(quoted),
        kinds: new Set(kinds),
        currency,
      },
    ]),
  );
  return waiting.map(({ charged, currency, ...event }) => {
    const account = bySeq.get(event.seq);
    const first = account !== undefined && !account.kinds.has(event.kind);
    account?.kinds.add(event.kind);
    const own = charged !== null && currency === account?.currency ? BigInt(charged) : null;
    const cost = account ? costOf(event.kind, own, account) : null;
    if (account && cost) account.billed += cost;
    return { ...event, charged: own, first, cost };
  });
}

/** The provider's own word goes before what was agreed, which falls due with the first receipt. */
function costOf(
  kind: StatusEvent["kind"],
  own: bigint | null,
  { billed, quoted }: { billed: bigint; quoted: bigint | null },
): bigint | null {
  if (own !== null) return own === billed ? null : own - billed;
  return (kind === "delivered" || kind === "read") && billed === 0n ? quoted : null;
}

async function mark(sql: Sql, run: RunKey, counted: Counted[]): Promise<void> {
  const column = <T>(of: (event: Counted) => T): T[] => counted.map(of);
  await sql`
    update delivery_events d set counted = true, first = v.first, cost_micros = v.cost
    from unnest(${column(({ seq }) => seq)}::int[], ${column(({ dedupeKey }) => dedupeKey)}::text[],
      ${column(({ first }) => String(first))}::text[]::boolean[], ${column(({ cost }) => cost?.toString() ?? null)}::bigint[])
      as v(seq, dedupe_key, first, cost)
    where d.part = ${run.part} and d.run_number = ${run.runNumber} and d.seq = v.seq and d.dedupe_key = v.dedupe_key`;
}

/** A receipt ends the wait for a fall-back, a failure begins it at once; what failed unbilled gives its reservation back. */
async function letGo(sql: Sql, run: RunKey, seqs: number[]): Promise<void> {
  await sql`
    with state as (
      select seq, bool_or(kind in ('delivered', 'read')) as received, bool_or(kind in ('failed', 'bounced')) as failed
      from delivery_events where part = ${run.part} and run_number = ${run.runNumber} and seq = any(${seqs}::int[])
        and kind in ('delivered', 'read', 'failed', 'bounced') and counted group by seq),
    settled as (
      delete from fall_backs_due f using state s
      where f.run_number = ${run.runNumber} and f.seq = s.seq and s.received returning f.seq),
    hurried as (
      update fall_backs_due f set not_before = least(f.not_before, clock_now()) from state s
      where f.run_number = ${run.runNumber} and f.seq = s.seq and s.failed and not s.received returning f.seq),
    released as (
      delete from sending_reservations v using state s
      where v.run_number = ${run.runNumber} and v.seq = s.seq and s.failed and not s.received
        and not exists (select from execution_results r where r.part = ${run.part} and r.run_number = ${run.runNumber}
          and r.seq = s.seq and r.cost_micros > 0)
        and not exists (select from delivery_events d where d.part = ${run.part} and d.run_number = ${run.runNumber}
          and d.seq = s.seq and d.cost_micros > 0)
      returning v.cost_micros)
    update campaign_spend p set reserved_micros = p.reserved_micros - r.cost
    from (select coalesce(sum(cost_micros), 0)::bigint as cost from released) r
    where p.campaign_id = ${run.campaignId} and r.cost > 0`;
}
