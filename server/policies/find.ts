import { and, eq, sql } from "drizzle-orm";
import { policies, premiumPayments } from "@/db/schema/policies";
import type { Transaction } from "@/db/transaction";
import { findCustomer } from "@/server/customers";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";

/** The policy when the person may see its customer. @throws AppError NOT_FOUND */
export async function findPolicy(
  tx: Transaction,
  ctx: Context,
  policyId: string,
  options: { lock?: boolean } = {},
) {
  const query = tx
    .select()
    .from(policies)
    .where(and(eq(policies.workspaceId, ctx.workspaceId), eq(policies.id, parseId(policyId))));
  const [row] = await (options.lock ? query.for("update") : query);
  const policy = required(row, "policy");
  await findCustomer(tx, ctx, policy.customerId);
  return policy;
}

/** The same, locked for a change. */
export const lockPolicy = (tx: Transaction, ctx: Context, policyId: string) =>
  findPolicy(tx, ctx, policyId, { lock: true });

/** The payment and its policy, both locked; the policy first, as everywhere. @throws AppError NOT_FOUND */
export async function lockPayment(tx: Transaction, ctx: Context, paymentId: string) {
  const one = and(
    eq(premiumPayments.workspaceId, ctx.workspaceId),
    eq(premiumPayments.id, parseId(paymentId)),
  );
  const [found] = await tx.select({ policyId: premiumPayments.policyId }).from(premiumPayments).where(one);
  const policy = await lockPolicy(tx, ctx, required(found, "payment").policyId);
  const [row] = await tx.select().from(premiumPayments).where(one).for("update");
  return { policy, payment: required(row, "payment") };
}

type Today = { zone: string; today: string; paymentsAsOf: string | null };

/** The workspace's zone, the day that it is there now by the database's clock, and how recent payments are. */
export async function readToday(tx: Transaction, ctx: Context): Promise<Today> {
  const [row] = await tx.execute<Today>(sql`
    select time_zone as zone, (clock_now() at time zone time_zone)::date::text as today,
      to_char(payments_as_of at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "paymentsAsOf"
    from workspaces where id = ${ctx.workspaceId}`);
  return required(row, "workspace");
}
