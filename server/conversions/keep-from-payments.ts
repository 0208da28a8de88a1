import { type SQL, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { attribute } from "./attribute";
import { type Draft, keepConversions } from "./keep";
import { changingConversions } from "./keep-rollups";

/** A payment of the same policy that is told within these days in another way is the same one. */
const TWIN_DAYS = 7;

type Paid = Pick<Draft, "customerId" | "policyNumber" | "currency" | "autoDebit"> & {
  id: string;
  value: string;
  occurredAt: string;
};

/**
 * Brings the conversions of customers in line with their premium payments, however those were written down (an import, by
 * hand, an undo): a paid one is a conversion, its amount and day follow, one that bounced or is gone does not count, and one
 * that an event or another system tells as well counts once. Payments of before the first campaign for renewals are none.
 * Brings about a state, so it may run twice.
 */
export async function keepFromPayments(ctx: Context, customerIds: readonly string[]): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const theirs = sql`customer_id = any(${sql.param([...customerIds])}::uuid[])`;
    const drafts = await paidSince(tx, ctx, theirs);
    const [known] = await tx.execute(sql`
      select 1 from conversions where workspace_id = ${ctx.workspaceId} and ${theirs} and source = 'payment' limit 1`);
    if (drafts.length === 0 && !known) return;
    await keepConversions(tx, ctx, {
      source: "payment",
      drafts: drafts.map(({ id, value, ...draft }) => ({
        ...draft,
        eventId: null,
        externalId: `payment:${id}`,
        name: null,
        onlyCampaignId: null,
        value: BigInt(value),
      })),
    });
    await changingConversions(tx, ctx, customerIds, () => follow(tx, ctx, theirs));
  });
}

/** Paid since the first campaign for renewals was launched, and no conversion yet. */
async function paidSince(tx: Transaction, ctx: Context, theirs: SQL): Promise<Paid[]> {
  const [first] = await tx.execute<{ at: string | null }>(sql`
    select min(launched_at)::text as at from campaigns where workspace_id = ${ctx.workspaceId} and goal = 'renewal_rate'`);
  if (!first?.at) return [];
  const rows = await tx.execute<Paid>(sql`
    select p.id, p.customer_id as "customerId", p.amount_micros::text as value, p.currency, x.policy_number as "policyNumber",
      x.auto_debit as "autoDebit", to_json(p.paid_at) #>> '{}' as "occurredAt"
    from premium_payments p join policies x on x.id = p.policy_id
    join customers k on k.id = p.customer_id and k.erased_at is null
    where p.workspace_id = ${ctx.workspaceId} and p.${theirs} and p.status = 'paid' and p.paid_at > ${first.at}::timestamptz
      and not exists (select from conversions c where c.workspace_id = p.workspace_id and c.external_id = 'payment:' || p.id)
    order by p.id`);
  return [...rows];
}

/** What the payments say now; a hand that called one a mistake is not overruled. */
async function follow(tx: Transaction, ctx: Context, theirs: SQL): Promise<void> {
  // An erased one lost the name of its payment and stays as it is.
  const own = sql`c.workspace_id = ${ctx.workspaceId} and c.${theirs} and c.source = 'payment' and c.external_id is not null`;
  await tx.execute(sql`
    delete from conversions c where ${own} and not exists (
      select from premium_payments p where p.workspace_id = c.workspace_id and c.external_id = 'payment:' || p.id
        and p.status in ('paid', 'failed'))`);
  const moved = await tx.execute<{ id: string }>(sql`
    update conversions c set value_micros = p.amount_micros, occurred_at = p.paid_at
    from premium_payments p
    where ${own} and p.workspace_id = c.workspace_id and c.external_id = 'payment:' || p.id and p.status = 'paid'
      and (c.value_micros, c.occurred_at) is distinct from (p.amount_micros, p.paid_at) returning c.id`);
  await tx.execute(sql`
    update conversions c set discounted_for = case
      when p.status = 'failed' then 'payment_bounced'
      when exists (select from conversions t where t.workspace_id = c.workspace_id and t.customer_id = c.customer_id
        and t.policy_number = c.policy_number and t.source <> 'payment'
        and (t.discounted_for is null or t.discounted_for in ('payment_bounced', 'free_look'))
        and t.occurred_at between c.occurred_at - ${TWIN_DAYS} * interval '24 hours'
          and c.occurred_at + ${TWIN_DAYS} * interval '24 hours') then 'duplicate'
      -- What an event took back stays back, whatever the payment says.
      when c.discounted_for = 'payment_bounced' and exists (select from customer_events e
        where e.workspace_id = c.workspace_id and e.customer_id = c.customer_id and e.name = 'payment_bounced'
          and e.properties ->> 'policy_number' = c.policy_number and e.occurred_at >= c.occurred_at)
        then 'payment_bounced' end
    from premium_payments p
    where ${own} and p.workspace_id = c.workspace_id and c.external_id = 'payment:' || p.id
      and (c.discounted_for is null or c.discounted_for in ('payment_bounced', 'duplicate'))`);
  await attribute(
    tx,
    ctx,
    moved.map(({ id }) => id),
  );
}
