import { and, eq, sql } from "drizzle-orm";
import { policies, premiumPayments } from "@/db/schema/policies";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { isDecided, nextDueDate, policyStatusOn } from "./status";

type Policy = typeof policies.$inferSelect;
type Paid = { unpaid: string | null; paid: string | null };

/**
 * Brings a policy in line with its payments: the next due date is the earliest that is not paid, or the one after the last
 * that was; the state follows from it. When everything is paid, the coming payment is written down as due.
 * Returns the policy as it stands then.
 */
export async function settlePolicy(
  tx: Transaction,
  ctx: Context,
  { policy, today }: { policy: Policy; today: string },
): Promise<Policy> {
  const own = and(eq(premiumPayments.workspaceId, ctx.workspaceId), eq(premiumPayments.policyId, policy.id));
  const [payments] = await tx
    .select({
      unpaid: sql<
        string | null
      >`min(${premiumPayments.dueDate}) filter (where ${premiumPayments.status} <> 'paid')`,
      paid: sql<
        string | null
      >`max(${premiumPayments.dueDate}) filter (where ${premiumPayments.status} = 'paid')`,
    })
    .from(premiumPayments)
    .where(own);
  const renewalDate = dueAfter(policy, payments ?? { unpaid: null, paid: null });
  const status = policyStatusOn({ ...policy, dueDate: renewalDate }, today);
  if (renewalDate !== null && !payments?.unpaid && !isDecided(status) && payments?.paid)
    await tx
      .insert(premiumPayments)
      .values({
        id: newId(),
        workspaceId: ctx.workspaceId,
        policyId: policy.id,
        customerId: policy.customerId,
        dueDate: renewalDate,
        amount: policy.premium,
        currency: policy.currency,
        status: "due",
      })
      .onConflictDoNothing();
  if (renewalDate === policy.renewalDate && status === policy.status) return policy;
  await tx
    .update(policies)
    .set({ renewalDate, status, updatedAt: sql`clock_now()` })
    .where(eq(policies.id, policy.id));
  return { ...policy, renewalDate, status };
}

function dueAfter(policy: Policy, { unpaid, paid }: Paid): string | null {
  if (unpaid) return unpaid;
  const next = policy.renewalDate;
  if (paid === null || (next !== null && next > paid)) return next;
  return nextDueDate({ startDate: policy.startDate ?? paid, mode: policy.paymentMode }, paid);
}
