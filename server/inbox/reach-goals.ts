import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { recordConversions } from "@/server/conversions";
import type { Context } from "@/server/platform/context";

type Reached = { messageId: string; dueAt: Date };

type Goal = {
  messageId: string;
  externalId: string;
  name: string;
  /** Major units. */
  value: number;
  policyNumber: string | null;
};

/**
 * Scripted customers reach the goal that the message's campaign measures, worth the premium of the policy that renews next:
 * told as another system would tell it, each message once. Campaigns that measure nothing are told nothing.
 */
export async function reachGoals(ctx: Context, reached: readonly Reached[]): Promise<void> {
  if (reached.length === 0) return;
  const at = new Map(reached.map(({ messageId, dueAt }) => [messageId, dueAt.toISOString()]));
  const goals = await withTransaction(ctx, (tx) =>
    tx.execute<Goal>(sql`
      select m.id as "messageId", c.external_id as "externalId", k.conversion_event as name,
        coalesce(p.premium_micros, 0)::float8 / 1000000 as value, p.policy_number as "policyNumber"
      from sandbox_messages m join customers c on c.id = m.customer_id and c.erased_at is null
      join campaigns k on k.id = m.campaign_id
      left join lateral (
        select premium_micros, policy_number from policies x
        where x.workspace_id = c.workspace_id and x.customer_id = c.id
        order by x.renewal_date is null, x.renewal_date < (select clock_now())::date, x.renewal_date, x.id limit 1) p on true
      where m.workspace_id = ${ctx.workspaceId} and m.id = any(${sql.param([...at.keys()])}::uuid[])
        and k.conversion_event is not null and c.external_id is not null`),
  );
  if (goals.length === 0) return;
  const conversions = goals.map(({ messageId, externalId, name, value, policyNumber }) => ({
    id: `scripted:${messageId}`,
    customer: { external_id: externalId },
    name,
    value,
    ...(policyNumber ? { policy_number: policyNumber } : {}),
    occurred_at: at.get(messageId),
  }));
  await recordConversions(ctx, { conversions }, "api");
}
