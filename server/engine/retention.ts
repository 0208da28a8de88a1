import type { Core } from "./core";

const day = 86_400_000;
const part = 2000;

/** Deletes what ended long ago, in small parts so that nothing waits for it. Returns the deleted rows. */
export async function sweepOld(core: Core): Promise<number> {
  const { sql, config } = core;
  const age = config.retentionDays * day;
  const runs = await sql`
    with old as (
      select id from engine.run where ended_at < engine.now_ms() - ${age} order by ended_at limit ${part} for update skip locked
    ), steps as (delete from engine.step where run_id in (select id from old))
    delete from engine.run where id in (select id from old)`;
  const events = await sql`
    delete from engine.event where id in (
      select e.id from engine.event e where e.received_at < engine.now_ms() - ${age}
        and not exists (select 1 from engine.run r where r.event_id = e.id)
        and not exists (select 1 from engine.run r where r.ended_at is null and r.event_ids @> array[e.id])
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
  return runs.count + events.count + seen.count + rates.count + waits.count;
}
