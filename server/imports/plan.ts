import type { KindCounts, RecordCounts } from "@/db/schema/imports";
import type { Chunk } from "./chunks";
import type { World } from "./look-up";
import { type Accepted, type Decision, decideRows } from "./match";
import type { RejectedRow } from "./parse-row";
import { type CustomerPlan, planCustomers } from "./plan-customers";
import { type PolicyPlan, planPolicies, type RecordPlan } from "./plan-policies";
import type { RowPlan } from "./row-plan";

/** What a chunk does, all of it decided before the first write. */
export type Plan = {
  accepted: Accepted[];
  customers: CustomerPlan[];
  records: RecordPlan[];
  rejected: RejectedRow[];
  counts: { created: number; updated: number; unchanged: number; rejected: number; records: RecordCounts };
};

/** Decides every row of a chunk against what is known, without writing: customers, policies and payments to write, rows refused with reasons, and the counts. */
export function planChunk(chunk: Chunk, world: World, reading: RowPlan): Plan {
  const decisions = decideRows(chunk.accepted, world);
  const accepted = decisions.filter((decision): decision is Accepted => decision.kind === "accept");
  const customers = planCustomers(accepted);
  const policies = planPolicies(accepted, world, {
    ...reading.surroundings,
    paymentsAsOf: reading.options.paymentsAsOf,
  });
  const rejected = [...chunk.rejected, ...decisions.flatMap(rejectedOf)];
  return {
    accepted,
    customers,
    records: policies.flatMap((plan) => plan.records),
    rejected,
    counts: {
      ...countRows(accepted, customers, policies),
      rejected: rejected.length,
      records: countRecords(customers, policies, reading.policies),
    },
  };
}

const rejectedOf = (decision: Decision): RejectedRow[] => (decision.kind === "reject" ? [decision.row] : []);

/** A row counts by the most that it does: makes its policy (or customer), changes something, or nothing. */
function countRows(accepted: Accepted[], customers: CustomerPlan[], policies: PolicyPlan[]) {
  const counts = { created: 0, updated: 0, unchanged: 0 };
  const byFirstRow = new Map(customers.map((plan) => [plan.rows[0], plan]));
  for (const [at, { row }] of accepted.entries()) {
    const customer = byFirstRow.get(row.rowNumber);
    const records = policies[at]?.records ?? [];
    const makes = row.policy
      ? records.some((record) => record.kind === "policy" && !record.before)
      : customer?.made;
    const changes = records.length > 0 || customer?.made || customer?.change;
    counts[makes ? "created" : changes ? "updated" : "unchanged"]++;
  }
  return counts;
}

const noCounts = (): KindCounts => ({ created: 0, updated: 0, unchanged: 0, closed: 0 });

function countRecords(customers: CustomerPlan[], policies: PolicyPlan[], inPolicies: boolean): RecordCounts {
  if (!inPolicies) return {};
  const counts = { customers: noCounts(), policies: noCounts(), payments: noCounts() };
  for (const plan of customers) countCustomer(counts.customers, plan);
  for (const { records, unchanged } of policies) {
    for (const { kind, action } of records) counts[kind === "policy" ? "policies" : "payments"][action]++;
    counts.policies.unchanged += unchanged.policies;
    counts.payments.unchanged += unchanged.payments;
  }
  return counts;
}

/** Each customer counts once an import, also when its rows lie in several chunks. */
function countCustomer(counts: KindCounts, plan: CustomerPlan): void {
  if (plan.made) counts.created++;
  else if (plan.change && plan.counted !== "changed") {
    counts.updated++;
    if (plan.counted === "unchanged") counts.unchanged--;
  } else if (!plan.change && plan.counted === null) counts.unchanged++;
}

/** Two counts of the same import together. */
export function addRecords(one: RecordCounts, other: RecordCounts): RecordCounts {
  const sum: RecordCounts = { ...one };
  for (const [kind, counts] of Object.entries(other) as [keyof RecordCounts, KindCounts][]) {
    const before = one[kind] ?? noCounts();
    sum[kind] = {
      created: before.created + counts.created,
      updated: before.updated + counts.updated,
      unchanged: before.unchanged + counts.unchanged,
      closed: before.closed + counts.closed,
    };
  }
  return sum;
}
