import type { Sql } from "postgres";

export const RUNS = 40;
const CUSTOMERS = 100_000;
const EVENTS_EACH = 5;

/** Ids in the order of their numbers, as UUIDv7 are in the order of their making. */
const idOf = (kind: string, number: string) =>
  `('01900000-0000-7000-8${kind}-' || lpad(to_hex(${number}), 12, '0'))::uuid`;
/** A number from 0 to `below` − 1 that has nothing to do with its neighbours', and is the same at each run. */
const spread = (salt: string, below: number) =>
  `((hashint8extended(e.seq::bigint, ${salt}) & 2147483647) % ${below})::int`;

export const campaignId = (run: number): string =>
  `01900000-0000-7000-8002-${run.toString(16).padStart(12, "0")}`;

/**
 * 40 campaigns of 100,000 messages each within 80 days, five delivery events a message: 20 million. Two variants, a hold-out
 * of 5 %, two conversions for each hundred messages. Roll-ups are counted from the rows, as the product keeps them.
 */
export async function fillAnalytics(owner: Sql, workspaceId: string): Promise<void> {
  await owner`set synchronous_commit = off`;
  await owner`set maintenance_work_mem = '512MB'`;
  await owner`insert into workspaces (id, name, slug) values (${workspaceId}, 'Bench', 'bench')`;
  await owner.unsafe(`
    insert into customers (id, workspace_id, external_id, name, language, city, tier)
    select ${idOf("001", "n")}, '${workspaceId}', n::text, 'Customer ' || n, (array['en', 'hi', 'mr'])[1 + n % 3],
      (array['Pune', 'Mumbai', 'Delhi', 'Chennai', 'Kolkata', 'Nagpur', 'Surat', 'Indore'])[1 + n % 8],
      (array['platinum', 'gold', 'silver', 'bronze'])[1 + n % 4]
    from generate_series(1, ${CUSTOMERS}::bigint) n`);
  for (let run = 1; run <= RUNS; run++) await fillRun(owner, { workspaceId, run });
  await owner`vacuum analyze`;
}

async function fillRun(
  owner: Sql,
  { workspaceId, run }: { workspaceId: string; run: number },
): Promise<void> {
  const campaign = campaignId(run);
  await owner`
    insert into campaigns (id, workspace_id, name, type, goal, status, category, channels, owner_id, conversion_event, hold_out,
      attribution_days, launched_at)
    values (${campaign}, ${workspaceId}, ${`Campaign ${run}`}, 'retention', 'policy_sales', 'completed', 'newsletter', '{email}',
      ${workspaceId}, 'policy_purchased', 5, 3, clock_now() - ${run * 2} * interval '1 day')`;
  const [made] = await owner<{ number: number }[]>`
    insert into campaign_runs (id, workspace_id, campaign_id, slot, status, content, audience_size, held_out_size, created_at,
      frozen_at, completed_at)
    select gen_random_uuid(), workspace_id, id, 'launch', 'completed', '{}', ${CUSTOMERS * 0.95}, ${CUSTOMERS * 0.05}, launched_at,
      launched_at, launched_at + interval '1 hour'
    from campaigns where id = ${campaign} returning number::int as number`;
  const number = made?.number ?? 0;
  const [place] = await owner<{ part: number }[]>`select prepare_run_part(${number}) as part`;
  const part = place?.part ?? 0;
  await owner`update campaign_runs set part = ${part} where number = ${number}`;
  await owner.unsafe(`
    insert into executions_p${part} (part, run_number, seq, workspace_id, customer_id, variant, channel, arm)
    select ${part}, ${number}, n, '${workspaceId}', ${idOf("001", "n")}, n % 2, case when n <= ${CUSTOMERS * 0.95} then 'email' end,
      case when n <= ${CUSTOMERS * 0.95} then 'treated' else 'held_out' end
    from generate_series(1, ${CUSTOMERS}::bigint) n`);
  await owner`select attach_run_part(${number})`;
  const at = (salt: string) =>
    `(select launched_at from campaigns where id = '${campaign}') + ${spread(salt, 259_200)} * interval '1 second'`;
  await owner.unsafe(`
    insert into execution_results_p${part} (part, run_number, seq, batch_number, workspace_id, state, cost_micros, at)
    select part, run_number, seq, 1, workspace_id, 'sent', 135700, ${at("0")} from executions_p${part} e where arm = 'treated'`);
  await owner.unsafe(`
    insert into delivery_events_p${part} (part, run_number, seq, dedupe_key, workspace_id, kind, machine, first, occurred_at, received_at)
    select part, run_number, seq, k::text, workspace_id, kind, not person, person, at, at from (
      select e.*, k, (array['delivered', 'opened', 'clicked', 'opened', 'opened'])[k] as kind,
        case k when 1 then true when 2 then ${spread("2", 100)} < 40 when 3 then ${spread("3", 100)} < 6 + e.variant else false end as person,
        ${at("k")} as at
      from executions_p${part} e, generate_series(1, ${EVENTS_EACH}) k where arm = 'treated') e`);
  // The held-out's events make it whole: a round number to speak of.
  await owner.unsafe(`
    insert into delivery_events_p${part} (part, run_number, seq, dedupe_key, workspace_id, kind, machine, occurred_at, received_at)
    select part, run_number, seq, 'more' || k, workspace_id, 'opened', true, ${at("k")}, ${at("k")}
    from executions_p${part} e, generate_series(1, ${EVENTS_EACH}) k where seq <= ${CUSTOMERS * 0.05}`);
  await owner.unsafe(`
    insert into conversions (id, workspace_id, customer_id, source, name, value_micros, currency, occurred_at, campaign_id,
      run_number, part, seq, channel, variant, touch_kind, touched_at)
    select gen_random_uuid(), workspace_id, customer_id, 'event', 'policy_purchased', 1250000000, 'INR', at, '${campaign}', run_number,
      part, seq, channel, variant, 'clicked', at
    from (select e.*, ${at("7")} as at from executions_p${part} e where ${spread("6", 100)} < 2 and arm = 'treated') e`);
  // Without it the planner takes a part for empty, and reads the one once for each row of the other.
  await owner.unsafe(`analyze executions_p${part}, delivery_events_p${part}`);
  await keepRollups(owner, { campaign, number });
}

async function keepRollups(
  owner: Sql,
  { campaign, number }: { campaign: string; number: number },
): Promise<void> {
  await owner`
    insert into run_rollups (workspace_id, run_number, campaign_id, bucket, channel, variant, sent, delivered, opened, clicked,
      cost_micros)
    select e.workspace_id, e.run_number, ${campaign}, date_bin('15 minutes', x.at, 'epoch'), e.channel, e.variant,
      count(*) filter (where x.kind = 'delivered'), count(*) filter (where x.kind = 'delivered'),
      count(*) filter (where x.kind = 'opened'), count(*) filter (where x.kind = 'clicked'), count(*) filter (where x.kind = 'delivered') * 135700
    from (select part, run_number, seq, kind, received_at as at from delivery_events where run_number = ${number} and first
      and part = (select part from campaign_runs where number = ${number})) x
    join executions e on e.part = x.part and e.run_number = x.run_number and e.seq = x.seq
    group by 1, 2, 4, 5, 6`;
  await owner`
    insert into conversion_rollups (workspace_id, run_number, campaign_id, bucket, channel, variant, converted, conversions,
      revenue_micros)
    select workspace_id, run_number, campaign_id, date_bin('15 minutes', occurred_at, 'epoch'), channel, variant, count(*), count(*),
      sum(value_micros)
    from conversions where run_number = ${number} group by 1, 2, 3, 4, 5, 6`;
}
