import { withHotTransaction } from "@/db/transaction";
import { type ExecutionKey, lockTracking } from "@/server/deliveries";
import { bumpTopicsSoon } from "@/server/platform/bump-soon";
import { classifyVisit, type TrackedKind, type Visit } from "./classify-machine";
import { visitKey } from "./visit";

export type GivenVisit = { seq: number; kind: TrackedKind; link: number | null; visit: Visit };

type Run = Pick<ExecutionKey, "part" | "runNumber"> & { workspaceId: string };

/**
 * Appends opens and clicks of one run in one statement, counted as `appendVisit` counts them: the first human event of its
 * kind for each message, and a click implies an open. Safe to repeat within the minute. For visits that come in bulk.
 */
export async function appendVisits(
  { workspaceId, part, runNumber }: Run,
  visits: readonly GivenVisit[],
): Promise<void> {
  const human = visits.filter(({ kind, visit }) => classifyVisit(kind, visit) === null);
  const events = human.flatMap(({ seq, kind, link, visit }) => {
    const target = link === null ? kind : `${kind}:${link}`;
    const event = { seq, kind, link, key: visitKey(visit), name: target, detail: { ...visit, rule: null } };
    return kind === "opened"
      ? [event]
      : [
          event,
          {
            ...event,
            kind: "opened",
            name: `opened:by:${target}`,
            detail: { ...event.detail, implied: true },
          },
        ];
  });
  if (events.length === 0) return;
  const rows = await withHotTransaction(workspaceId, async (sql) => {
    await lockTracking(sql, runNumber);
    return sql<{ campaign_id: string }[]>`
      with run as (
        select campaign_id, clock_now() as at from campaign_runs where number = ${runNumber} and part = ${part}
      ), given as (
        -- One open for each message: the first that is told, and after it a click's own.
        select distinct on (g.seq, g.name) g.*, e.workspace_id, e.channel, e.variant, r.at, r.campaign_id,
          g.name || ':' || floor(extract(epoch from r.at) / 60)::bigint || ':' || g.key as dedupe_key
        from jsonb_to_recordset(${JSON.stringify(events)}::text::jsonb)
          as g(seq int, kind text, link smallint, name text, key text, detail jsonb)
        cross join run r
        join executions e on e.part = ${part} and e.run_number = ${runNumber} and e.seq = g.seq and e.channel is not null
      ), firsts as (
        select distinct on (seq, kind) * from given order by seq, kind, name
      ), counted as (
        insert into delivery_events
          (part, run_number, seq, dedupe_key, workspace_id, kind, machine, first, link, detail, occurred_at, received_at)
        select ${part}, ${runNumber}, seq, dedupe_key, workspace_id, kind, false, true, link, detail, at, at from firsts
        order by seq, kind
        on conflict do nothing returning seq, kind, dedupe_key
      ), kept as (
        insert into delivery_events
          (part, run_number, seq, dedupe_key, workspace_id, kind, machine, first, link, detail, occurred_at, received_at)
        select ${part}, ${runNumber}, seq, dedupe_key, workspace_id, kind, false, false, link, detail, at, at from given g
        where not exists (select from counted c where c.seq = g.seq and c.dedupe_key = g.dedupe_key)
        on conflict do nothing
      ), rolled as (
        insert into run_rollups (workspace_id, run_number, campaign_id, bucket, channel, variant, opened, clicked)
        select f.workspace_id, ${runNumber}, f.campaign_id, date_bin('15 minutes', f.at, 'epoch'::timestamptz), f.channel,
          f.variant, count(*) filter (where f.kind = 'opened'), count(*) filter (where f.kind = 'clicked')
        from firsts f join counted c on c.seq = f.seq and c.kind = f.kind
        group by 1, 3, 4, 5, 6 order by 4, 5, 6
        on conflict (workspace_id, run_number, bucket, channel, variant) do update
          set opened = run_rollups.opened + excluded.opened, clicked = run_rollups.clicked + excluded.clicked
      )
      select campaign_id from run`;
  });
  for (const { campaign_id } of rows) bumpTopicsSoon(workspaceId, `campaign:${campaign_id}`);
}
