import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import { customers, policies } from "@/db/schema/customers";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { formatDate, formatMoney } from "@/server/platform/format";
import { parseId } from "@/server/platform/ids";
import type { TagValues } from "@/server/templates/schemas";
import { audienceOf } from "./audience";
import type { Audience } from "./schemas";

export type SampleCustomer = { id: string; name: string; email: string | null; values: TagValues };

/**
 * A customer to show a message as: the one named, or the `turn`-th of the audience, counted round. Null when the audience
 * is empty. @throws AppError NOT_FOUND for a foreign or unknown id
 */
export async function sampleCustomer(
  tx: Transaction,
  ctx: Context,
  choice: { customerId?: string | undefined; audience: Audience; turn: number },
): Promise<SampleCustomer | null> {
  if (choice.customerId !== undefined) {
    const one = and(eq(customers.workspaceId, ctx.workspaceId), eq(customers.id, parseId(choice.customerId)));
    return required(await readCustomer(tx, one, 0), "customer");
  }
  const within = audienceOf(ctx.workspaceId, choice.audience);
  return (await readCustomer(tx, within, choice.turn)) ?? (await readCustomer(tx, within, 0));
}

async function readCustomer(
  tx: Transaction,
  where: SQL | undefined,
  offset: number,
): Promise<SampleCustomer | null> {
  const [found] = await tx
    .select({
      id: customers.id,
      name: customers.name,
      email: customers.email,
      externalId: customers.externalId,
      city: customers.city,
      tier: customers.tier,
    })
    .from(customers)
    .where(where)
    .orderBy(asc(customers.id))
    .offset(offset)
    .limit(1);
  if (!found) return null;
  const { id, name, email, externalId, city, tier } = found;
  const [policy] = await tx
    .select()
    .from(policies)
    .where(eq(policies.customerId, id))
    .orderBy(sql`${policies.renewalDate} asc nulls last`, asc(policies.id))
    .limit(1);
  return {
    id,
    name,
    email,
    values: {
      customer_name: name,
      first_name: name.trim().split(/\s+/)[0] ?? null,
      customer_number: externalId,
      city,
      tier: tier.charAt(0).toUpperCase() + tier.slice(1),
      policy_number: policy?.policyNumber ?? null,
      product_name: policy?.productName ?? null,
      premium_amount: policy ? formatMoney(policy.premium, policy.currency) : null,
      renewal_date: policy?.renewalDate ? formatDate(policy.renewalDate, "UTC") : null,
    },
  };
}
