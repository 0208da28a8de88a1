import type { PendingQuery, Row, Sql } from "postgres";

type Part = PendingQuery<Row[]>;

/** How much there is: customers; three policies and ten events for each. */
export type Scale = { customers: number };

const SPARE = [
  "customers_external_id_key",
  "customers_phone_index",
  "customers_email_index",
  "customers_name_index",
  "customers_search_index",
  "customers_tags_index",
  "customer_events_source_key",
  "customer_events_recent_index",
] as const;

/** Ids in the order of their numbers, as UUIDv7 are in the order of their making. */
const idOf = (sql: Sql, kind: string, number: Part) =>
  sql`(lpad(to_hex(${number}), 12, '0') || '70008' || ${kind} || lpad(to_hex(${number}), 12, '0'))::uuid`;

/** A number from 0 to `below` − 1 that has nothing to do with its neighbours', and is the same at each run. */
const spread = (sql: Sql, salt: number, number: Part, below: number) =>
  sql`((hashint8extended(${number}, ${salt}) & 2147483647) % ${below})::int`;

/**
 * Fills one workspace with customers, policies, events, roll-ups and consents, set by set. Indexes that no segment reads are
 * left out, and the others are built afterwards.
 */
export async function fillWorkspace(owner: Sql, workspaceId: string, { customers }: Scale): Promise<void> {
  const n = owner`n`;
  const pick = (salt: number, below: number, number = n) => spread(owner, salt, number, below);
  const customer = (number: Part) => idOf(owner, "001", number);
  await owner`set synchronous_commit = off`;
  await owner`set maintenance_work_mem = '512MB'`;
  const indexes = await owner<{ name: string; definition: string }[]>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
    where i.indrelid in ('customers'::regclass, 'policies'::regclass, 'customer_events'::regclass,
      'customer_event_stats'::regclass) and not i.indisprimary
      and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`;
  for (const { name } of indexes) await owner`drop index ${owner(name)}`;
  await owner`insert into customers (id, workspace_id, name, email, phone, language, city, tier, engagement_score, birth_date,
      stop_state, attributes)
    select ${customer(n)}, ${workspaceId}, 'Customer ' || n, 'c' || n || '@example.com', '+919' || lpad(n::text, 9, '0'),
      (array['en', 'hi', 'mr', 'ta'])[1 + ${pick(1, 4)}],
      (array['Pune', 'Mumbai', 'Delhi', 'Chennai', 'Kolkata', 'Nagpur', 'Surat', 'Indore'])[1 + ${pick(2, 8)}],
      (array['platinum', 'gold', 'gold', 'silver', 'silver', 'silver', 'bronze', 'bronze', 'bronze', 'bronze'])[1 + ${pick(3, 10)}],
      ${pick(4, 101)}, date '1950-01-01' + ${pick(5, 20_000)},
      case when ${pick(6, 60)} = 0 then 'open_complaint' end,
      jsonb_build_object('occupation', (array['salaried', 'retired', 'owner'])[1 + ${pick(7, 3)}], 'dependants', ${pick(8, 5)})
    from generate_series(1, ${customers}::bigint) n`;
  const holder = owner`(1 + ${pick(10, customers)})::bigint`;
  await owner`insert into policies (id, workspace_id, customer_id, policy_number, policy_type, product_name, status,
      premium_micros, currency, payment_mode, auto_debit, start_date, renewal_date)
    select ${idOf(owner, "002", n)}, ${workspaceId}, ${customer(holder)}, 'P' || n,
      (array['term', 'health', 'motor', 'endowment', 'ulip'])[1 + ${pick(11, 5)}], 'Product ' || ${pick(11, 5)},
      (array['in_force', 'in_force', 'in_force', 'in_grace', 'lapsed', 'matured'])[1 + ${pick(12, 6)}],
      (2000 + ${pick(13, 60_000)})::bigint * 1000000, 'INR', (array['yearly', 'monthly', 'quarterly'])[1 + ${pick(14, 3)}],
      ${pick(15, 3)} = 0, current_date - ${pick(16, 2_000)}, current_date + ${pick(17, 365)} - 30
    from generate_series(1, ${customers * 3}::bigint) n`;
  const actor = owner`(1 + ${pick(20, customers)})::bigint`;
  await owner`insert into customer_events (id, workspace_id, customer_id, source_id, name, properties, occurred_at)
    select ${idOf(owner, "003", n)}, ${workspaceId}, ${customer(actor)}, 'e' || n,
      (array['app_login', 'app_login', 'app_login', 'website_visit', 'website_visit', 'payment_received', 'inquiry',
        'payment_failed', 'quote_requested', 'claim_filed'])[1 + ${pick(21, 10)}],
      jsonb_build_object('product', (array['term', 'health', 'motor'])[1 + ${pick(22, 3)}], 'amount', ${pick(23, 50_000)}),
      clock_now() - interval '400 days' + n * (interval '400 days' / ${customers * 10}::float8)
    from generate_series(1, ${customers * 10}::bigint) n`;
  await owner`insert into customer_event_stats (workspace_id, customer_id, name, count, first_at, last_at)
    select workspace_id, customer_id, name, count(*), min(occurred_at), max(occurred_at) from customer_events group by 1, 2, 3
    order by customer_id`;
  await owner`insert into consent_states (workspace_id, customer_id, channel, purpose, granted)
    select ${workspaceId}, ${customer(n)}, channel, 'promotional', ${pick(30, 10)} < 7
    from generate_series(1, ${customers}::bigint) n, unnest(array['email', 'whatsapp']) channel where ${pick(31, 10)} < 8`;
  for (const { name, definition } of indexes)
    if (!SPARE.some((spare) => spare === name)) await owner.unsafe(definition);
  for (const table of ["customers", "policies", "customer_events", "customer_event_stats", "consent_states"])
    await owner`vacuum (analyze) ${owner(table)}`;
}
