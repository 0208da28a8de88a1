import type { Sql } from "postgres";
import type { RunKey } from "./recounting";

/** A receipt that says that a message was read; `occurredAt` as the database writes an instant. */
export type Read = { seq: number; dedupeKey: string; occurredAt: string };

/**
 * Who has read a message has opened it, once, at the first time that anybody told of, whichever is told first: each receipt
 * is kept as an open, and the earliest open of a message is the one that counts. Needs the run's tracking lock, shared.
 */
export async function countOpens(sql: Sql, run: RunKey, reads: readonly Read[]): Promise<void> {
  if (reads.length === 0) return;
  const counted = new Set((await countFirst(sql, run, reads)).map(placeOf));
  const others = reads.filter((read) => !counted.has(placeOf(read)));
  if (others.length === 0) return;
  const moved = await keepOthers(sql, run, others);
  if (moved.length > 0) await move(sql, run, moved);
}

type Kept = Pick<Read, "seq" | "dedupeKey">;
const placeOf = ({ seq, dedupeKey }: Kept): string => `${seq} ${dedupeKey}`;

const rowsOf = (sql: Sql, reads: readonly Read[]) => sql`
  unnest(${reads.map(({ seq }) => seq)}::int[], ${reads.map(({ dedupeKey }) => dedupeKey)}::text[],
    ${reads.map(({ occurredAt }) => occurredAt)}::timestamptz[]) as v(seq, dedupe_key, occurred_at)`;

const opensOf = (sql: Sql, run: RunKey, reads: readonly Read[], first: boolean) => sql`
  insert into delivery_events (part, run_number, seq, dedupe_key, workspace_id, kind, first, detail, occurred_at)
  select ${run.part}, ${run.runNumber}, v.seq, 'opened:by:' || v.dedupe_key, ${run.workspaceId}, 'opened', ${first}::boolean,
    '{"implied": true, "by": "read"}', v.occurred_at
  from ${rowsOf(sql, reads)} order by v.seq, v.occurred_at, v.dedupe_key
  on conflict do nothing`;

/** Counts those of messages that nobody is known to have opened, and answers which they were. */
async function countFirst(sql: Sql, run: RunKey, reads: readonly Read[]): Promise<Kept[]> {
  return sql<Kept[]>`
    with opened as (
      ${opensOf(sql, run, reads, true)} returning seq, dedupe_key, occurred_at),
    rolled as (
      insert into run_rollups (workspace_id, run_number, campaign_id, bucket, channel, variant, opened)
      select ${run.workspaceId}, ${run.runNumber}, ${run.campaignId}, date_bin('15 minutes', o.occurred_at, 'epoch'), e.channel,
        e.variant, count(*)
      from opened o join executions e on e.part = ${run.part} and e.run_number = ${run.runNumber} and e.seq = o.seq
      group by 4, 5, 6 order by 4, 5, 6
      on conflict (workspace_id, run_number, bucket, channel, variant) do update set opened = run_rollups.opened + excluded.opened)
    select seq, substr(dedupe_key, length('opened:by:') + 1) as "dedupeKey" from opened`;
}

type Moved = Read & { countedAt: string };

/** Keeps what was told of messages that count as opened already, and takes the mark off opens that were later than it. */
async function keepOthers(sql: Sql, run: RunKey, reads: readonly Read[]): Promise<Moved[]> {
  return sql<Moved[]>`
    with kept as (${opensOf(sql, run, reads, false)}),
    earliest as (
      select distinct on (v.seq) v.* from ${rowsOf(sql, reads)} order by v.seq, v.occurred_at, v.dedupe_key)
    update delivery_events d set first = false from earliest v
    where d.part = ${run.part} and d.run_number = ${run.runNumber} and d.seq = any(${reads.map(({ seq }) => seq)}::int[])
      and d.seq = v.seq and d.kind = 'opened' and d.first and d.occurred_at > v.occurred_at
    returning d.seq, v.dedupe_key as "dedupeKey", v.occurred_at::text as "occurredAt", d.occurred_at::text as "countedAt"`;
}

/** Gives the mark to the earlier opens, and moves the roll-ups to their quarters of an hour. */
async function move(sql: Sql, run: RunKey, moved: readonly Moved[]): Promise<void> {
  await sql`
    update delivery_events d set first = true from ${rowsOf(sql, moved)}
    where d.part = ${run.part} and d.run_number = ${run.runNumber} and d.seq = v.seq
      and d.dedupe_key = 'opened:by:' || v.dedupe_key`;
  const steps = moved.flatMap(({ seq, occurredAt, countedAt }) => [
    { seq, at: countedAt, by: -1 },
    { seq, at: occurredAt, by: 1 },
  ]);
  await sql`
    insert into run_rollups (workspace_id, run_number, campaign_id, bucket, channel, variant, opened)
    select ${run.workspaceId}, ${run.runNumber}, ${run.campaignId}, date_bin('15 minutes', v.at, 'epoch'), e.channel, e.variant,
      sum(v.by)
    from unnest(${steps.map(({ seq }) => seq)}::int[], ${steps.map(({ at }) => at)}::timestamptz[],
      ${steps.map(({ by }) => by)}::int[]) as v(seq, at, by)
    join executions e on e.part = ${run.part} and e.run_number = ${run.runNumber} and e.seq = v.seq
    group by 4, 5, 6 having sum(v.by) <> 0 order by 4, 5, 6
    on conflict (workspace_id, run_number, bucket, channel, variant) do update set opened = run_rollups.opened + excluded.opened`;
}
