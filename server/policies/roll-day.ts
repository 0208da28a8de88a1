import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { touchCustomers } from "@/server/events";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { readToday } from "./find";

/** Policies, and payments, of one transaction: locks stay short, and people's edits come between. */
const PAGE = 2_000;
const MOST_WORKSPACES = 100;

/** Workspaces whose day began since their policies were looked at last. */
export async function workspacesWithANewDay(): Promise<string[]> {
  const rows = await withTransaction({ workspaceId: null }, (tx) =>
    tx.execute<{ workspace_id: string }>(sql`select workspace_id from policies_to_roll(${MOST_WORKSPACES})`),
  );
  return rows.map((row) => row.workspace_id);
}

/**
 * Does what the new day does to a workspace's policies, some thousand at a time: past its due date a policy is in grace, past
 * its days of grace it has lapsed (`policyStatusOn`), and a payment that nobody made is overdue. States that somebody decided
 * stay, and no policy gets better by the calendar: only a payment does that. Call it until `done`; safe to repeat.
 */
export async function rollPolicies(
  ctx: Context,
): Promise<{ policies: number; payments: number; done: boolean }> {
  return withTransaction(ctx, async (tx) => {
    const { today } = await readToday(tx, ctx);
    const policies = await movePolicies(tx, ctx, today);
    const payments = await movePayments(tx, ctx, today);
    await touchCustomers(tx, ctx, policies, ["policy"]);
    await touchCustomers(tx, ctx, payments, ["payment"]);
    const done = policies.length < PAGE && payments.length < PAGE;
    if (policies.length + payments.length > 0) await bumpTopics(tx, ctx, "customers");
    if (done)
      await tx.execute(
        sql`update workspaces set policies_rolled_on = ${today} where id = ${ctx.workspaceId}`,
      );
    return { policies: policies.length, payments: payments.length, done };
  });
}

type Moved = { id: string; customer: string; before: string; after: string };

/** Returns whose policies moved; each move stands in the customer's history. */
async function movePolicies(tx: Transaction, ctx: Context, today: string): Promise<string[]> {
  const rows = await tx.execute<Moved>(sql`
    with due as (
      select id, status as before,
        case when ${today}::date <= renewal_date + grace_days then 'in_grace' else 'lapsed' end as after
      from policies where workspace_id = ${ctx.workspaceId} and renewal_date < ${today}::date
        and (status = 'in_force' or (status = 'in_grace' and renewal_date + grace_days < ${today}::date))
      order by id limit ${PAGE} for no key update)
    update policies p set status = due.after, updated_at = clock_now() from due where p.id = due.id
    returning p.id, p.customer_id as customer, due.before, due.after`);
  const changes = rows.map(({ id, customer, before, after }) => ({
    id: newId(),
    customer_id: customer,
    subject_id: id,
    before: { status: before },
    after: { status: after },
  }));
  await tx.execute(sql`
    insert into customer_changes (id, workspace_id, customer_id, actor_kind, subject, subject_id, before, after)
    select id, ${ctx.workspaceId}, customer_id, 'system', 'policy', subject_id, before, after
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
      as r (id uuid, customer_id uuid, subject_id uuid, before jsonb, after jsonb)`);
  return rows.map((row) => row.customer);
}

async function movePayments(tx: Transaction, ctx: Context, today: string): Promise<string[]> {
  const rows = await tx.execute<{ customer: string }>(sql`
    update premium_payments p set status = 'overdue' from (
      select id from premium_payments where workspace_id = ${ctx.workspaceId} and status = 'due' and due_date < ${today}::date
      order by id limit ${PAGE} for no key update) due
    where p.id = due.id returning p.customer_id as customer`);
  return rows.map((row) => row.customer);
}
