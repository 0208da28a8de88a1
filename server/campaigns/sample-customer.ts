import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import { customers } from "@/db/schema/customers";
import { policies } from "@/db/schema/policies";
import { workspaces } from "@/db/schema/workspaces";
import { type Transaction, withHotTransaction } from "@/db/transaction";
import { type Described, loadExtras, needsExtras, tagValues } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import type { TagValues } from "@/server/templates/schemas";
import { audienceOf } from "./audience";
import type { Audience } from "./schemas";

export type SampleCustomer = {
  id: string;
  name: string;
  email: string | null;
  phone: string | null;
  language: string;
  /** The values of the tags, as the locale writes them. */
  values: (locale: string, attributes: Record<string, string>) => TagValues;
};

/**
 * A customer to show a message as: the one named, or the `turn`-th of the audience, counted round; of those who read the
 * language, where there are some. Null when the audience is empty. @throws AppError NOT_FOUND for a foreign or unknown id
 */
export async function sampleCustomer(
  tx: Transaction,
  ctx: Context,
  choice: {
    customerId?: string | undefined;
    audience: Audience;
    turn: number;
    used: string[];
    /** Of the policies that a list names; none: of every type. */
    policyTypes: string[];
    reads?: string | undefined;
  },
): Promise<SampleCustomer | null> {
  const { used, policyTypes } = choice;
  const wanted = { used, policyTypes };
  if (choice.customerId !== undefined) {
    const one = and(
      eq(customers.workspaceId, ctx.workspaceId),
      eq(customers.id, parseId(choice.customerId)),
      ctx.role === "advisor" ? sql`${customers.advisorId} = ${ctx.membershipId}::uuid` : undefined,
    );
    return required(await readCustomer(tx, ctx, { where: one, wanted }), "customer");
  }
  const audience = await audienceOf(tx, ctx, choice.audience);
  const readers = choice.reads === undefined ? null : and(audience, reading(choice.reads));
  for (const where of readers ? [readers, audience] : [audience]) {
    const found =
      (await readCustomer(tx, ctx, { where, wanted, offset: choice.turn })) ??
      (await readCustomer(tx, ctx, { where, wanted }));
    if (found) return found;
  }
  return null;
}

const reading = (language: string): SQL =>
  sql`split_part(lower(${customers.language}), '-', 1) = ${language}`;

async function readCustomer(
  tx: Transaction,
  ctx: Context,
  {
    where,
    wanted,
    offset = 0,
  }: { where: SQL | undefined; wanted: { used: string[]; policyTypes: string[] }; offset?: number },
): Promise<SampleCustomer | null> {
  const [found] = await tx
    .select({
      id: customers.id,
      name: customers.name,
      email: customers.email,
      phone: customers.phone,
      language: customers.language,
      externalId: customers.externalId,
      city: customers.city,
      tier: customers.tier,
      timeZone: workspaces.timeZone,
    })
    .from(customers)
    .innerJoin(workspaces, eq(workspaces.id, customers.workspaceId))
    .where(where)
    .orderBy(asc(customers.id))
    .offset(offset)
    .limit(1);
  if (!found) return null;
  const { id, name, email, phone, language, timeZone } = found;
  const policy = await nextPolicy(tx, id, timeZone);
  const described: Described = {
    ...found,
    policyNumber: policy?.policyNumber ?? null,
    productName: policy?.productName ?? null,
    premium: policy?.premium.toString() ?? null,
    currency: policy?.currency ?? null,
    renewalDate: policy?.renewalDate ?? null,
  };
  const subjects = [{ customerId: id, policyNumber: described.policyNumber }];
  if (needsExtras(wanted.used, subjects))
    [described.extras] = await withHotTransaction(ctx.workspaceId, (hot) =>
      loadExtras(hot, subjects, wanted),
    );
  const values = (locale: string, attributes: Record<string, string>) =>
    tagValues(described, locale, attributes);
  return { id, name, email, phone, language, values };
}

/** The policy that tags speak of, chosen as the sender chooses it: the one that renews next, else the latest that did. */
async function nextPolicy(tx: Transaction, customerId: string, timeZone: string) {
  const today = sql`(clock_now() at time zone ${timeZone})::date`;
  const [policy] = await tx
    .select()
    .from(policies)
    .where(eq(policies.customerId, customerId))
    .orderBy(
      sql`${policies.renewalDate} is null`,
      sql`${policies.status} not in ('in_force', 'in_grace')`,
      sql`${policies.renewalDate} < ${today}`,
      sql`abs(${policies.renewalDate} - ${today})`,
      asc(policies.id),
    )
    .limit(1);
  return policy;
}
