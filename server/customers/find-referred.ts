import { type SQL, sql } from "drizzle-orm";
import { executePrepared } from "@/db/execute-prepared";
import type { Transaction } from "@/db/transaction";
import type { CustomerRef } from "@/server/events/schemas";
import type { Context } from "@/server/platform/context";
import { type KnownCustomer, makeMatcher, parseRef, type Wanted } from "./match-refs";

/** The customers that senders name, in their order, found as those of events are; or why one is not found. */
export async function findCustomers(
  tx: Transaction,
  ctx: Context,
  refs: readonly CustomerRef[],
): Promise<({ customerId: string } | { reason: string; unknown?: true })[]> {
  const wanted = refs.map(parseRef);
  const matcher = makeMatcher(
    await lookUpCustomers(
      tx,
      ctx,
      wanted.flatMap((one) => ("reason" in one ? [] : [one])),
    ),
  );
  return wanted.map((one) => {
    if ("reason" in one) return one;
    const found = matcher.find(one);
    return "unknown" in found
      ? { unknown: true, reason: "No customer has this external_id, phone or e-mail." }
      : found;
  });
}

/** The customers that share a key with anybody who is wanted. */
export async function lookUpCustomers(
  tx: Transaction,
  ctx: Context,
  wanted: Wanted[],
): Promise<KnownCustomer[]> {
  // Nobody is matched by an address when none is asked for: then none is read.
  const addresses = wanted.some(({ phone, email }) => phone !== null || email !== null)
    ? sql`phone, lower(email) as email`
    : sql`null::text as phone, null::text as email`;
  const having = (key: "id" | "externalId" | "phone" | "email", is: (values: SQL) => SQL): SQL[] => {
    const values = new Set(wanted.flatMap((one) => one[key] ?? []));
    if (values.size === 0) return [];
    const type = sql.raw(key === "id" ? "uuid" : "text");
    return [
      sql`select id, external_id as "externalId", ${addresses} from customers
        where workspace_id = ${ctx.workspaceId} and erased_at is null and ${is(sql`${sql.param([...values])}::${type}[]`)}`,
    ];
  };
  const found = [
    ...having("id", (values) => sql`id = any(${values})`),
    ...having("externalId", (values) => sql`external_id = any(${values})`),
    ...having("phone", (values) => sql`phone = any(${values})`),
    ...having("email", (values) => sql`id = any(array(select customers_with_email(${values})))`),
  ];
  if (found.length === 0) return [];
  return executePrepared<KnownCustomer>(tx, sql`${sql.join(found, sql` union `)} order by id`);
}
