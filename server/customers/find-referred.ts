import { type SQL, sql } from "drizzle-orm";
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
  const list = (key: "id" | "externalId" | "phone" | "email", type: string): SQL => {
    const values = new Set(wanted.map((one) => one[key]).filter((value) => value !== null));
    return sql`any(${sql.param([...values])}::${sql.raw(type)}[])`;
  };
  const own = sql`select id from customers where workspace_id = ${ctx.workspaceId} and erased_at is null and`;
  const rows = await tx.execute<KnownCustomer>(sql`
    with found as materialized (
      ${own} id = ${list("id", "uuid")} union ${own} external_id = ${list("externalId", "text")}
      union ${own} phone = ${list("phone", "text")} union ${own} lower(email) = ${list("email", "text")})
    select c.id, c.external_id as "externalId", c.phone, lower(c.email) as email
    from customers c join found using (id) order by c.id`);
  return [...rows];
}
