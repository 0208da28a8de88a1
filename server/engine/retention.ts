import { type Core, type Tx, transaction } from "./core";

const day = 86_400_000;
const part = 2000;

/** Deletes what ended long ago, in small parts so that nothing waits for it. Returns the deleted rows. */
export async function sweepOld(core: Core): Promise<number> {
  const { sql, config } = core;
  const age = config.retentionDays * day;
  const runs = await transaction(sql, (tx) => sweepRuns(tx, age));
  // Events that started nothing. Those with a run go with it, so only what has just come of age is looked at: a million
  // old events of runs that still wait are not read again every minute.
  const events = await sql`
    delete from engine.event where id in (
      select e.id from engine.event e
      where e.received_at < engine.now_ms() - ${age}::bigint and e.received_at > engine.now_ms() - ${age + 2 * day}::bigint
        and not exists (select 1 from engine.run r where r.event_id = e.id)
        and not exists (select 1 from engine.run r where r.event_ids is not null and r.event_ids @> array[e.id])
        and not exists (select 1 from engine.batch b where b.event_ids @> array[e.id])
        and not exists (select 1 from engine.debounce d where d.event_id = e.id)
      order by e.received_at limit ${part})`;
  const seen = await sql`
    delete from engine.seen where key in (
      select key from engine.seen where expires_at < engine.now_ms() order by expires_at limit ${part})`;
  const rates = await sql`
    delete from engine.rate where key in (
      select key from engine.rate where wake_at is null and tat < engine.now_ms() limit ${part})`;
  const waits = await sql`
    delete from engine.wait where id in (
      select id from engine.wait where kind = 'cancel' and expires_at < engine.now_ms() limit ${part})`;
  return runs + events.count + seen.count + rates.count + waits.count;
}

/** Runs that ended long ago, with their steps and with the events that no other run has. */
async function sweepRuns(tx: Tx, age: number): Promise<number> {
  const old = await tx<{ id: string; events: string[] }[]>`
    delete from engine.run where id in (
      select id from engine.run where ended_at < engine.now_ms() - ${age}::bigint
      order by ended_at limit ${part} for update skip locked
    ) returning id, coalesce(event_ids, array[event_id]) as events`;
  if (old.length === 0) return 0;
  await tx`delete from engine.step where run_id = any(${old.map(({ id }) => id)})`;
  await tx`
    delete from engine.event e where e.id = any(${old.flatMap(({ events }) => events)})
      and not exists (select 1 from engine.run r where r.event_id = e.id)
      and not exists (select 1 from engine.run r where r.event_ids is not null and r.event_ids @> array[e.id])`;
  return old.length;
}
