import type { Sql } from "postgres";
import { z } from "zod";
import { classifyHistory, type TrackedKind } from "./classify-machine";

type Stored = {
  seq: number;
  dedupeKey: string;
  kind: TrackedKind;
  machine: boolean;
  first: boolean;
  link: number | null;
  detail: unknown;
  occurredAt: Date;
};
type Verdict = Stored & { rule: string | null; ruleBefore: string | null; firstNow: boolean };

const detailSchema = z.object({
  method: z.string().default("GET"),
  userAgent: z.string().default(""),
  purpose: z.string().default(""),
  addressHash: z.string().default(""),
  rule: z.string().nullable().default(null),
  implied: z.boolean().default(false),
  /** `read`: the provider's own receipt, which no machine makes. */
  by: z.string().nullable().default(null),
});

/**
 * Judges the opens and clicks of some executions of a run again, from what was kept of each request, and moves the `machine`
 * and `first` marks and the roll-ups to what comes out. Needs the run's tracking lock, alone. Twice changes nothing the second time.
 * Returns how many rows changed.
 */
export async function reclassifyEvents(
  sql: Sql,
  run: { part: number; runNumber: number },
  seqs: number[],
): Promise<number> {
  const rows = await sql<Stored[]>`
    select seq, dedupe_key as "dedupeKey", kind, machine, first, link, detail, occurred_at as "occurredAt"
    from delivery_events
    where part = ${run.part} and run_number = ${run.runNumber} and seq = any(${seqs}::int[]) and kind in ('opened', 'clicked')
    order by seq, occurred_at, dedupe_key`;
  const executions = new Map<number, Stored[]>();
  for (const row of rows) executions.set(row.seq, [...(executions.get(row.seq) ?? []), row]);
  const changed = [...executions.values()].flatMap(judge).filter(isChanged);
  if (changed.length === 0) return 0;
  await mark(sql, run, changed);
  await roll(sql, run, changed);
  return changed.length;
}

function judge(rows: Stored[]): Verdict[] {
  const details = rows.map((row) => detailSchema.parse(row.detail));
  const rules = classifyHistory(
    rows.map((row, index) => {
      const visit = details[index] ?? detailSchema.parse({});
      return {
        // A receipt's open is no click: with one it would make a burst.
        kind: visit.implied && visit.by !== "read" ? "clicked" : row.kind,
        visit,
        link: row.link,
        occurredAt: row.occurredAt,
      };
    }),
  );
  const seen = new Set<TrackedKind>();
  return rows.map((row, index) => {
    const rule = details[index]?.by === "read" ? null : (rules[index] ?? null);
    const firstNow = rule === null && !seen.has(row.kind);
    if (firstNow) seen.add(row.kind);
    return { ...row, rule, ruleBefore: details[index]?.rule ?? null, firstNow };
  });
}

const isChanged = (row: Verdict) =>
  row.machine !== (row.rule !== null) || row.first !== row.firstNow || row.rule !== row.ruleBefore;

/** Takes marks away before it gives them: only one row of a kind may carry `first` at any moment. */
async function mark(sql: Sql, run: { part: number; runNumber: number }, rows: Verdict[]): Promise<void> {
  const given = JSON.stringify(
    rows.map(({ seq, dedupeKey, rule, firstNow }) => ({ seq, key: dedupeKey, rule, first: firstNow })),
  );
  for (const stage of [false, true])
    await sql`
      update delivery_events d
      set machine = v.rule is not null, first = v.first, detail = d.detail || jsonb_build_object('rule', v.rule)
      from jsonb_to_recordset(${given}::text::jsonb) as v (seq int, key text, rule text, first boolean)
      where d.part = ${run.part} and d.run_number = ${run.runNumber} and d.seq = v.seq and d.dedupe_key = v.key
        and v.first = ${stage}::boolean`;
}

async function roll(sql: Sql, run: { part: number; runNumber: number }, rows: Verdict[]): Promise<void> {
  const moved = rows
    .filter((row) => row.first !== row.firstNow)
    .map((row) => ({
      seq: row.seq,
      at: row.occurredAt.toISOString(),
      opened: row.kind === "opened" ? (row.firstNow ? 1 : -1) : 0,
      clicked: row.kind === "clicked" ? (row.firstNow ? 1 : -1) : 0,
    }));
  await sql`
    insert into run_rollups (workspace_id, run_number, campaign_id, bucket, channel, variant, opened, clicked)
    select e.workspace_id, e.run_number, r.campaign_id, date_bin('15 minutes', v.at, 'epoch'::timestamptz) as bucket,
      e.channel, e.variant, sum(v.opened), sum(v.clicked)
    from jsonb_to_recordset(${JSON.stringify(moved)}::text::jsonb) as v (seq int, at timestamptz, opened int, clicked int)
    join executions e on e.part = ${run.part} and e.run_number = ${run.runNumber} and e.seq = v.seq
    join campaign_runs r on r.number = e.run_number
    group by 1, 2, 3, 4, 5, 6
    order by bucket, e.channel, e.variant
    on conflict (workspace_id, run_number, bucket, channel, variant) do update
      set opened = run_rollups.opened + excluded.opened, clicked = run_rollups.clicked + excluded.clicked`;
}
