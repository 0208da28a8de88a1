import type { Sql } from "postgres";
import type { TestDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { LedgerRun } from "@/server/tracking/testing/ledger";

type Measure = { goal?: string; event?: string | null; days?: number | null; countsAutoDebit?: boolean };

/** Gives an empty run a goal to measure, and one message for each of `customers`, not delivered yet. */
export async function measure(
  owner: Sql,
  run: LedgerRun,
  { goal = "policy_sales", event = null, days = null, countsAutoDebit = false }: Measure,
  customers: readonly string[],
): Promise<LedgerRun> {
  await owner`update campaigns set goal = ${goal}, conversion_event = ${event}, attribution_days = ${days},
    counts_auto_debit = ${countsAutoDebit}, launched_at = clock_now() where id = ${run.campaignId}`;
  await owner`insert into executions (part, run_number, seq, workspace_id, customer_id, channel)
    select ${run.part}, ${run.runNumber}, nr, k.workspace_id, t.id, 'email'
    from unnest(${customers as string[]}::uuid[]) with ordinality as t (id, nr), campaigns k where k.id = ${run.campaignId}`;
  return { ...run, customerIds: [...customers] };
}

/** Something that happened with a run's message to a customer. `delivered` is the result of the sending itself. */
export async function touch(
  owner: Sql,
  run: LedgerRun,
  { customer, kind, at, machine = false }: { customer: string; kind: string; at: string; machine?: boolean },
): Promise<void> {
  const seq = run.customerIds.indexOf(customer) + 1;
  const [row] = await owner<
    { workspace_id: string }[]
  >`select workspace_id from campaigns where id = ${run.campaignId}`;
  const workspace = row?.workspace_id ?? "";
  if (kind === "delivered")
    await owner`insert into execution_results (part, run_number, seq, batch_number, workspace_id, state, at)
      values (${run.part}, ${run.runNumber}, ${seq}, 1, ${workspace}, 'delivered', ${at})`;
  else
    await owner`insert into delivery_events (part, run_number, seq, dedupe_key, workspace_id, kind, machine, occurred_at)
      values (${run.part}, ${run.runNumber}, ${seq}, ${`${kind} ${at}`}, ${workspace}, ${kind}, ${machine}, ${at})`;
}

/** Customers `C1`, `C2`, …; returns their ids. */
export const people = (owner: Sql, workspaceId: string, count: number): Promise<string[]> =>
  makeCustomers(
    owner,
    workspaceId,
    Array.from({ length: count }, (_, index) => ({ externalId: `C${index + 1}` })),
  );

/** The roll-ups of a workspace, and the same counted again from raw rows without them. */
export async function rollupsAndRecount(owner: Sql, workspaceId: string): Promise<[unknown[], unknown[]]> {
  const stored = await owner`
    select run_number, bucket, channel, variant, converted, conversions, revenue_micros from conversion_rollups
    where workspace_id = ${workspaceId} and (converted, conversions, revenue_micros) <> (0, 0, 0) order by 1, 2, 3, 4`;
  const rows = await owner<
    {
      run_number: string;
      customer_id: string;
      channel: string;
      variant: number;
      value_micros: string;
      occurred_at: Date;
    }[]
  >`select c.* from conversions c join workspaces w on w.id = c.workspace_id
    where c.workspace_id = ${workspaceId} and run_number is not null and discounted_for is null order by occurred_at, c.id`;
  const seen = new Set<string>();
  const counted = new Map<string, { converted: number; conversions: number; revenue: bigint }>();
  for (const row of rows) {
    const quarter = new Date(Math.floor(row.occurred_at.getTime() / 900_000) * 900_000).toISOString();
    const place = JSON.stringify([row.run_number, quarter, row.channel, row.variant]);
    const bucket = counted.get(place) ?? { converted: 0, conversions: 0, revenue: 0n };
    const person = `${row.run_number} ${row.customer_id}`;
    if (!seen.has(person)) bucket.converted++;
    seen.add(person);
    bucket.conversions++;
    bucket.revenue += BigInt(row.value_micros);
    counted.set(place, bucket);
  }
  const recounted = [...counted].map(([place, { converted, conversions, revenue }]) => {
    const [run, quarter, channel, variant] = JSON.parse(place) as [string, string, string, number];
    return {
      run_number: run,
      bucket: new Date(quarter),
      channel,
      variant,
      converted,
      conversions,
      revenue_micros: revenue.toString(),
    };
  });
  const order = (row: unknown) => JSON.stringify(row);
  return [
    [...stored].map((row) => ({ ...row })).sort((a, b) => order(a).localeCompare(order(b))),
    recounted.sort((a, b) => order(a).localeCompare(order(b))),
  ];
}

/** A workspace on 20 March 2026 with an administrator, two customers, and runs, each empty before, that measure something for both. */
export async function makeMeasuring(db: TestDatabase, newRun: (workspaceId: string) => Promise<LedgerRun>) {
  const workspaceId = await makeWorkspace(db.owner);
  const admin = await makeMember(db.owner, workspaceId);
  const [customer = "", other = ""] = await people(db.owner, workspaceId, 2);
  await db.setClock("2026-03-20T12:00:00Z");
  const measured = async (what: Measure) =>
    measure(db.owner, await newRun(workspaceId), what, [customer, other]);
  return { workspaceId, admin, customer, other, measured };
}
export type Measuring = Awaited<ReturnType<typeof makeMeasuring>>;
