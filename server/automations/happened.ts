import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { audienceOf } from "@/server/campaigns/audience";
import type { Context } from "@/server/platform/context";
import type { Leaving } from "./decide-step";
import type { Entry } from "./entry";
import type { Step } from "./schemas";

/** The first thing that happened since the customer entered and that makes them leave, or null. */
export async function exitOf(
  tx: Transaction,
  { runNumber, seq, part, content }: Entry,
): Promise<Leaving | null> {
  const [row] = await tx.execute<{ reason: Leaving | null }>(sql`
    select exit_of_entry(e, ${part}, ${JSON.stringify(content.exits)}::jsonb) as reason from automation_entries e
    where e.run_number = ${runNumber} and e.seq = ${seq}`);
  return row?.reason ?? null;
}

const holds = async (tx: Transaction, condition: SQL): Promise<boolean> => {
  const [row] = await tx.execute<{ yes: boolean }>(sql`select ${condition} as yes`);
  return row?.yes === true;
};

type Check = Extract<Step, { do: "check" }>;

/** Whether the condition of a step holds now. */
export async function checkHolds(
  tx: Transaction,
  ctx: Context,
  entry: Entry,
  check: Check,
): Promise<boolean> {
  switch (check.holds) {
    case "not_opened":
      return !(await holds(tx, did(entry, ["opened", "read", "clicked"])));
    case "not_clicked":
      return !(await holds(tx, did(entry, ["clicked"])));
    case "unpaid":
      return holds(
        tx,
        sql`(select not entry_is_paid(e) from automation_entries e
          where e.run_number = ${entry.runNumber} and e.seq = ${entry.seq})`,
      );
    case "in_segment":
      return isInSegment(tx, ctx, { segment: check.segment, customerId: entry.customerId });
  }
}

/** Whether the customer is in the segment now. @throws AppError CONFLICT when the segment is gone */
export async function isInSegment(
  tx: Transaction,
  ctx: Context,
  { segment, customerId }: { segment: string; customerId: string },
): Promise<boolean> {
  const audience = { kind: "segments" as const, include: [segment], exclude: [] };
  const within = await audienceOf(tx, ctx, audience, [customerId]);
  return holds(tx, sql`exists (select from customers where ${within})`);
}

/** Whether the customer did it, themselves, with any message of this entry. */
const did = ({ part, runNumber, customerId, occurrence }: Entry, kinds: readonly string[]): SQL => sql`
  exists (select from executions x join delivery_events d on d.part = x.part and d.run_number = x.run_number and d.seq = x.seq
    where x.part = ${part} and x.run_number = ${runNumber} and x.customer_id = ${customerId} and x.occurrence = ${occurrence}
      and d.kind = any(${sql.param([...kinds])}::text[]) and not d.machine)`;

/** Whether an event has come since then. */
export const cameSince = (
  tx: Transaction,
  { customerId }: Entry,
  { name, since }: { name: string; since: Date },
): Promise<boolean> =>
  holds(
    tx,
    sql`exists (select from customer_events v where v.workspace_id = current_workspace_id()
      and v.customer_id = ${customerId} and v.name = ${name} and v.received_at >= ${since.toISOString()}::timestamptz)`,
  );
