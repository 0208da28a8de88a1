import type { Sql } from "postgres";
import { withTransaction } from "@/db/transaction";
import { readRow, replayLog } from "@/server/callbacks/testing/replay";
import type { Finding } from "@/server/engine/chaos/finding";
import { refreshClocks } from "@/server/sla/refresh-clocks";
import type { Size } from "../day";
import type { Day } from "./arrange";

const claim = (words: string, ok: boolean, seen: string): Finding => ({ claim: words, ok, seen });

/** Every promise of the day, recounted from rows with the owner's connection, without the code that made them. */
export async function judgeDay(day: Day, size: Size): Promise<Finding[]> {
  const { owner } = day;
  return [
    await something(owner, size),
    ...(await ledger(owner)),
    await rollups(owner),
    await entries(owner),
    ...(await limits(owner)),
    ...(await stuck(owner)),
    ...(await callbacks(day)),
    await runs(owner),
  ];
}

async function counts<T extends Record<string, number>>(rows: Promise<Iterable<T>>): Promise<T> {
  const [row] = [...(await rows)];
  if (!row) throw new Error("nothing was counted");
  return row;
}

/** A day on which nothing happens keeps every promise. */
async function something(owner: Sql, size: Size): Promise<Finding> {
  const { messages, launched, entries, closed, events } = await counts(
    owner<{ messages: number; launched: number; entries: number; closed: number; events: number }[]>`
      select (select count(*)::int from sandbox_messages where kind = 'campaign') as messages,
        (select count(*)::int from campaigns where launched_at is not null and carries is null) as launched,
        (select count(*)::int from automation_entries) as entries, (select count(*)::int from customer_events) as events,
        (select count(*)::int from callback_requests where status = 'completed') as closed`,
  );
  return claim(
    "the day was a day",
    launched === size.campaigns + size.automations && messages > size.customers && entries > 0 && closed > 0,
    `${launched} campaigns, ${messages} messages, ${events} events, ${entries} entries, ${closed} calls done`,
  );
}

/** The last word on each execution, by the order of results; `due`: it waits for its time, or for somebody to raise a spent budget. */
const lastWords = `
  select x.run_number, x.seq, x.customer_id, x.arm, d.not_before is not null or exists (
      select from campaign_runs g join campaigns c on c.id = g.campaign_id
      where g.number = x.run_number and c.status = 'paused') as due,
    (select r.state from execution_results r where r.part = x.part and r.run_number = x.run_number and r.seq = x.seq
      order by r.at desc, r.batch_number desc limit 1) as state
  from executions x left join executions_due d on d.run_number = x.run_number and d.seq = x.seq`;

async function ledger(owner: Sql): Promise<Finding[]> {
  const { all, delivered, unknown, skipped, waiting, lost } = await counts(
    owner.unsafe<
      { all: number; delivered: number; unknown: number; skipped: number; waiting: number; lost: number }[]
    >(`
      select count(*)::int as all, (count(*) filter (where state = 'delivered'))::int as delivered,
        (count(*) filter (where state = 'unknown'))::int as unknown,
        (count(*) filter (where state = 'skipped'))::int as skipped,
        (count(*) filter (where due and coalesce(state, '') not in ('delivered', 'unknown', 'skipped')))::int as waiting,
        (count(*) filter (where not due and coalesce(state, '') not in ('delivered', 'unknown', 'skipped')))::int as lost
      from (${lastWords}) w where arm = 'treated'`),
  );
  const { twice, untold, unsent } = await counts(
    owner.unsafe<{ twice: number; untold: number; unsent: number }[]>(`
      with told as (select count(*)::int as n from (${lastWords}) w where state = 'delivered')
      select (select count(*)::int - count(distinct public_id)::int from sandbox_messages where kind = 'campaign') as twice,
        greatest(0, (select count(*)::int from sandbox_messages where kind = 'campaign') - told.n) as untold,
        greatest(0, told.n - (select count(*)::int from sandbox_messages where kind = 'campaign')) as unsent from told`),
  );
  return [
    claim(
      "delivered ∪ unknown ∪ skipped with a reason ∪ waiting for its time = audience",
      lost === 0 && delivered + unknown + skipped + waiting === all,
      `${delivered} + ${unknown} + ${skipped} + ${waiting} of ${all}, ${lost} lost`,
    ),
    claim(
      "every delivered execution is one message, and every message one delivered execution",
      twice === 0 && untold === 0 && unsent === 0,
      `${twice} twice, ${untold} untold, ${unsent} never sent`,
    ),
  ];
}

async function rollups(owner: Sql): Promise<Finding> {
  const rows = await owner.unsafe<
    { run_number: string; raw: number; rolled: number; skipped: number; rolled_skipped: number }[]
  >(`
    with raw as (select run_number, count(*) filter (where state = 'delivered') as delivered,
        count(*) filter (where state = 'skipped') as skipped from (${lastWords}) w group by 1),
      rolled as (select run_number, sum(delivered) as delivered, sum(skipped) as skipped from run_rollups group by 1)
    select raw.run_number, raw.delivered::int as raw, coalesce(r.delivered, 0)::int as rolled, raw.skipped::int as skipped,
      coalesce(r.skipped, 0)::int as rolled_skipped
    from raw left join rolled r using (run_number)
    where raw.delivered <> coalesce(r.delivered, 0) or raw.skipped <> coalesce(r.skipped, 0)`);
  return claim(
    "roll-ups equal the rows, run by run",
    rows.length === 0,
    rows.length === 0 ? "all runs" : JSON.stringify(rows),
  );
}

async function entries(owner: Sql): Promise<Finding> {
  const { entries, doubles, without } = await counts(
    owner<{ entries: number; doubles: number; without: number }[]>`
      select (select count(*)::int from automation_entries) as entries,
        (select count(*)::int from (select 1 from automation_entries where event_id is not null
          group by campaign_id, event_id having count(*) > 1) d) as doubles,
        (select count(*)::int from automation_entries e where not exists (
          select from executions x where x.run_number = e.run_number and x.seq = e.seq)) as without`,
  );
  return claim(
    "one event lets nobody in twice, and every entry has its message",
    doubles === 0 && without === 0,
    `${entries} entries, ${doubles} doubles, ${without} without a message`,
  );
}

async function limits(owner: Sql): Promise<Finding[]> {
  const { over, budgets } = await counts(
    owner<{ over: number; budgets: number }[]>`
      select count(*)::int as budgets, (count(*) filter (where spent > budget_micros))::int as over from (
        select c.budget_micros, coalesce(sum(r.cost_micros), 0) as spent
        from campaigns c left join run_rollups r on r.campaign_id = c.id where c.budget_micros is not null
        group by c.id) b`,
  );
  const { most, customers } = await counts(
    owner<{ most: number; customers: number }[]>`
      select coalesce(max(n), 0)::int as most, count(*)::int as customers from (
        select x.customer_id, count(*) as n from executions x
        join campaigns c on c.id = (select g.campaign_id from campaign_runs g where g.number = x.run_number)
        join execution_results r on r.part = x.part and r.run_number = x.run_number and r.seq = x.seq and r.state = 'delivered'
        where c.category = 'newsletter' group by 1) p`,
  );
  return [
    claim("no campaign spent more than its budget", over === 0, `${budgets} with a budget, ${over} over it`),
    claim(
      "nobody got more offers than the cap of two",
      most <= 2 && customers > 0,
      `at most ${most}, of ${customers} customers`,
    ),
  ];
}

async function stuck(owner: Sql): Promise<Finding[]> {
  const left = await counts(
    owner<Record<string, number>[]>`
      select (select count(*)::int from outbox where sent_at is null) as "events in the outbox",
        (select count(*)::int from execution_batches b join campaigns c on c.id = b.campaign_id
          where b.status = 'open' and c.status = 'active') as "open batches",
        (select count(*)::int from executions_due where not_before <= clock_now()) as "executions past their time",
        (select count(*)::int from touched_customers) as "marked customers",
        (select count(*)::int from sandbox_acts where due_at <= clock_now()) as "acts of scripted customers",
        (select count(*)::int from callback_holds where until < clock_now() - interval '1 minute') as "claims past their end",
        (select count(*)::int from engine.job where state in ('ready', 'leased')) as "calls of the engine"`,
  );
  const stuck = Object.entries(left).filter(([, n]) => n > 0);
  const bad = await counts(
    owner<{ n: number }[]>`select count(*)::int as n from engine.run where state in ('failed', 'cancelled')`,
  );
  return [
    claim(
      "nothing is stuck",
      stuck.length === 0,
      stuck.length === 0 ? "no row left over" : JSON.stringify(left),
    ),
    claim("no workflow failed", bad.n === 0, `${bad.n} failed`),
  ];
}

async function callbacks({ owner, lead }: Day): Promise<Finding[]> {
  const ids = (await owner<{ id: string }[]>`select id from callback_requests order by id`).map(
    ({ id }) => id,
  );
  const clocksOf = () => owner<Record<string, unknown>[]>`
    select callback_id, metric, cycle, status, due_at, breached_at, stopped_at,
      case when status in ('paused', 'stopped') then elapsed_ms end as elapsed
    from sla_clocks order by callback_id, metric, cycle`;
  const stored = JSON.stringify(await clocksOf());
  let unlike = 0;
  for (const id of ids) {
    const replayed = await replayLog(owner, id);
    const row = await readRow(owner, id, Object.keys(replayed));
    if (JSON.stringify(replayed) !== JSON.stringify(row)) unlike++;
  }
  const cycles = await owner<{ callback_id: string; cycle: number }[]>`
    select distinct callback_id, cycle from sla_clocks`;
  await withTransaction(lead, async (tx) => {
    const [now] = await owner<{ now: Date }[]>`select clock_now() as now`;
    for (const { callback_id: callbackId, cycle } of cycles)
      await refreshClocks(tx, lead, { callbackId, cycle, now: now?.now ?? new Date() });
  });
  const folded = JSON.stringify(await clocksOf()) === stored;
  const { doubles, twice } = await counts(
    owner<{ doubles: number; twice: number }[]>`
      select (select count(*)::int from (select 1 from callback_requests where closed_at is null
          group by workspace_id, phone, request_type having count(*) > greatest(count(distinct customer_id), 1)) d) as doubles,
        (select count(*)::int from (select 1 from callback_holds group by callback_id having count(*) > 1) h) as twice`,
  );
  return [
    claim(
      "the log of each call request rebuilds its row",
      unlike === 0,
      `${ids.length} requests, ${unlike} unlike`,
    ),
    claim("the stored clocks equal the fold of their events", folded, `${cycles.length} clocks`),
    claim(
      "no customer waits twice on a number for the same, no request is held twice",
      doubles === 0 && twice === 0,
      `${doubles}, ${twice}`,
    ),
  ];
}

async function runs(owner: Sql): Promise<Finding> {
  const rows = await owner<{ status: string; n: number; waiting: number }[]>`
    select r.status, count(*)::int as n, (count(*) filter (where exists (
      select from executions_due d where d.run_number = r.number) or c.status = 'paused'))::int as waiting
    from campaign_runs r join campaigns c on c.id = r.campaign_id where not r.live and c.carries is null group by 1 order by 1`;
  const active = rows.find(({ status }) => status === "active");
  return claim(
    "every run is complete, or waits for a time or for a person",
    rows.every(({ status }) => status === "completed" || status === "active") &&
      (active?.n ?? 0) === (active?.waiting ?? 0),
    rows.map(({ status, n }) => `${n} ${status}`).join(", "),
  );
}
