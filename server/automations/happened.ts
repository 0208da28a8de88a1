import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { audienceOf } from "@/server/campaigns/audience";
import type { Context } from "@/server/platform/context";
import type { Entry } from "./entry";
import type { Exit, Step } from "./schemas";

/** The first thing that happened since the customer entered and that makes them leave, or null. */
export async function exitOf(tx: Transaction, entry: Entry): Promise<Exit | null> {
  for (const exit of entry.content.exits) if (await holds(tx, since[exit](entry))) return exit;
  return null;
}

const holds = async (tx: Transaction, condition: SQL): Promise<boolean> => {
  const [row] = await tx.execute<{ yes: boolean }>(sql`select ${condition} as yes`);
  return row?.yes === true;
};

const at = ({ enteredAt }: Entry): SQL => sql`${enteredAt.toISOString()}::timestamptz`;

const since: Record<Exit, (entry: Entry) => SQL> = {
  paid: (entry) => paid(entry),
  replied: (entry) => sql`exists (select from responses r where r.customer_id = ${entry.customerId}
    and r.workspace_id = current_workspace_id() and r.received_at >= ${at(entry)})`,
  unsubscribed: (entry) => sql`(exists (select from delivery_events d join executions x on x.part = d.part
      and x.run_number = d.run_number and x.seq = d.seq
    where d.part = ${entry.part} and d.run_number = ${entry.runNumber} and x.customer_id = ${entry.customerId}
      and d.kind = 'unsubscribed')
    or exists (select from responses r where r.workspace_id = current_workspace_id() and r.customer_id = ${entry.customerId}
      and r.class = 'unsubscribe' and r.received_at >= ${at(entry)}))`,
  converted: (entry) => sql`exists (select from conversions v where v.workspace_id = current_workspace_id()
    and v.customer_id = ${entry.customerId} and v.campaign_id = ${entry.campaignId} and v.discounted_for is null
    and v.received_at >= ${at(entry)})`,
};

/** A payment that names the policy, or none; or what fell due is on record as paid. */
const paid = (entry: Entry): SQL => sql`(exists (select from customer_events v
    left join policies p on p.id = ${entry.policyId}
    where v.workspace_id = current_workspace_id() and v.customer_id = ${entry.customerId} and v.name = 'payment_received'
      and v.received_at >= ${at(entry)}
      and (p.id is null or coalesce(v.properties ->> 'policy_number', p.policy_number) = p.policy_number))
  or exists (select from premium_payments y where y.workspace_id = current_workspace_id() and y.policy_id = ${entry.policyId}
    and y.due_date = ${entry.aboutDate}::date and y.status = 'paid'))`;

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
      return !(await holds(tx, paid(entry)));
    case "in_segment": {
      const audience = { kind: "segments" as const, include: [check.segment], exclude: [] };
      const within = await audienceOf(tx, ctx, audience, [entry.customerId]);
      return holds(tx, sql`exists (select from customers where ${within})`);
    }
  }
}

/** Whether the customer did it, themselves, with any message of this entry. */
const did = ({ part, runNumber, customerId, occurrence }: Entry, kinds: readonly string[]): SQL => sql`
  exists (select from executions x join delivery_events d on d.part = x.part and d.run_number = x.run_number and d.seq = x.seq
    where x.part = ${part} and x.run_number = ${runNumber} and x.customer_id = ${customerId} and x.occurrence = ${occurrence}
      and d.kind = any(${sql.param([...kinds])}::text[]) and not d.machine)`;

/** Whether the event that a step waits for has come since it began to wait. */
export const cameSince = (tx: Transaction, entry: Entry, name: string): Promise<boolean> =>
  holds(
    tx,
    sql`exists (select from customer_events v where v.workspace_id = current_workspace_id()
      and v.customer_id = ${entry.customerId} and v.name = ${name}
      and v.received_at >= ${(entry.waitsSince ?? entry.enteredAt).toISOString()}::timestamptz)`,
  );
