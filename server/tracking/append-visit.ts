import type { Sql } from "postgres";
import { withHotTransaction } from "@/db/transaction";
import { type ExecutionKey, lockTracking, steadily } from "@/server/deliveries";
import { bumpTopicsSoon } from "@/server/platform/bump-soon";
import { classifyVisit, type TrackedKind, type Visit } from "./classify-machine";
import { visitKey } from "./visit";

/** More raw rows than this for one execution say nothing new; its first human open and click are always kept. */
const MOST_EVENTS = 100;

/** Receipts of the same message lock its customer before its first events, and a visit after them: one of them loses. */
const MOST_TRIES = 4;

export type AppendedVisit = { at: Date; machine: boolean };

/**
 * Appends an open or click and counts it, in one statement: the raw row, the `first` mark on the first human event of its
 * kind, and the run's roll-up. A human click implies an open (a reader with images off has read it too), so a click appends
 * both. The same caller within a minute is one event. A human one marks the customer for re-evaluation. Repeated a
 * few times at once where it lost a race. Returns null when nothing was added.
 */
export async function appendVisit(
  workspaceId: string,
  key: ExecutionKey,
  given: { kind: TrackedKind; link: number | null; visit: Visit },
): Promise<AppendedVisit | null> {
  const rule = classifyVisit(given.kind, given.visit);
  let tries = 0;
  const row = await steadily(
    () =>
      withHotTransaction(workspaceId, async (sql) => {
        const [, rows] = await Promise.all([
          lockTracking(sql, key.runNumber),
          append(sql, key, { ...given, rule }),
        ]);
        return rows[0];
      }),
    () => ++tries >= MOST_TRIES,
  );
  if (!row || row.added === 0) return null;
  bumpTopicsSoon(workspaceId, "deliveries", `campaign:${row.campaign_id}`);
  return { at: row.at, machine: rule !== null };
}

type Row = { campaign_id: string; at: Date; added: number };

function append(
  sql: Sql,
  key: ExecutionKey,
  { kind, link, visit, rule }: { kind: TrackedKind; link: number | null; visit: Visit; rule: string | null },
): Promise<Row[]> {
  const detail = { ...visit, rule };
  const target = link === null ? kind : `${kind}:${link}`;
  const events = [
    { kind, name: target, detail },
    ...(kind === "clicked"
      ? [{ kind: "opened", name: `opened:by:${target}`, detail: { ...detail, implied: true } }]
      : []),
  ];
  return sql<Row[]>`
    with execution as (
      select e.workspace_id, e.customer_id, e.part, e.run_number, e.seq, e.channel, e.variant, r.campaign_id,
        clock_now() as at
      from executions e join campaign_runs r on r.number = e.run_number
      where e.part = ${key.part} and e.run_number = ${key.runNumber} and e.seq = ${key.seq} and e.channel is not null
    ), event as (
      select x.*, v.kind, v.detail,
        v.name || ':' || floor(extract(epoch from x.at) / 60)::bigint || ':' || ${visitKey(visit)} as dedupe_key
      from execution x,
        jsonb_to_recordset(${JSON.stringify(events)}::text::jsonb) as v (kind text, name text, detail jsonb)
    ), counted as (
      -- Two people at once: the unique index on first events lets one through and the other waits for it.
      insert into delivery_events
        (part, run_number, seq, dedupe_key, workspace_id, kind, machine, first, link, detail, occurred_at, received_at)
      select part, run_number, seq, dedupe_key, workspace_id, kind, false, true, ${link}::smallint, detail, at, at
      from event where ${rule === null}::boolean
      on conflict do nothing
      returning kind, dedupe_key
    ), kept as (
      insert into delivery_events
        (part, run_number, seq, dedupe_key, workspace_id, kind, machine, first, link, detail, occurred_at, received_at)
      select part, run_number, seq, dedupe_key, workspace_id, kind, ${rule !== null}::boolean, false, ${link}::smallint, detail, at, at
      from event
      where dedupe_key not in (select dedupe_key from counted)
        and (select count(*) from delivery_events d
          where d.part = ${key.part} and d.run_number = ${key.runNumber} and d.seq = ${key.seq}) < ${MOST_EVENTS}
      on conflict do nothing
      returning 1
    ), rolled as (
      insert into run_rollups (workspace_id, run_number, campaign_id, bucket, channel, variant, opened, clicked)
      select x.workspace_id, x.run_number, x.campaign_id, date_bin('15 minutes', x.at, 'epoch'::timestamptz),
        x.channel, x.variant, count(*) filter (where c.kind = 'opened'), count(*) filter (where c.kind = 'clicked')
      from execution x cross join counted c
      group by 1, 2, 3, 4, 5, 6
      on conflict (workspace_id, run_number, bucket, channel, variant) do update
        set opened = run_rollups.opened + excluded.opened, clicked = run_rollups.clicked + excluded.clicked
    ), touched as materialized (
      select touch_customers(workspace_id, array[customer_id], array['delivery']) from execution where ${rule === null}::boolean
    )
    select campaign_id, at, ((select count(*) from counted) + (select count(*) from kept))::int as added,
      (select count(*) from touched) from execution`;
}
