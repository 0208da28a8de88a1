import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import type { Claim, Known } from "./match";
import type { ReadRow } from "./parse-row";

type Keys = { externalIds: string[]; phones: string[]; emails: string[] };

const present = (values: (string | null)[]): string[] => [
  ...new Set(values.filter((value): value is string => value !== null)),
];

const keysOf = (rows: ReadRow[]): Keys => ({
  externalIds: present(rows.map(({ row }) => row.externalId)),
  phones: present(rows.map(({ row }) => row.phone)),
  emails: present(rows.map(({ row }) => row.email)),
});

/**
 * The customers that share a key with any of the rows, and the rows of this import that hold one of them or share a key.
 * The customers are locked until the transaction ends: nobody changes them between the look and the write.
 */
export async function lookUp(
  tx: Transaction,
  ctx: Context,
  at: { importId: string; rows: ReadRow[] },
): Promise<{ known: Known[]; claims: Claim[] }> {
  const keys = keysOf(at.rows);
  const externalIds = sql`any(${sql.param(keys.externalIds)}::text[])`;
  const phones = sql`any(${sql.param(keys.phones)}::text[])`;
  const emails = sql`any(${sql.param(keys.emails)}::text[])`;
  const known = await tx.execute<Known>(sql`
    with found as materialized (
      select id from customers where workspace_id = ${ctx.workspaceId} and external_id = ${externalIds}
      union select id from customers where workspace_id = ${ctx.workspaceId} and phone = ${phones}
      union select id from customers where workspace_id = ${ctx.workspaceId} and lower(email) = ${emails})
    select c.id, c.external_id as "externalId", c.phone, lower(c.email) as email, c.name, c.language, c.tier, c.city,
      c.birth_date::text as "birthDate", c.attributes
    from customers c join found using (id) order by c.id for no key update of c`);
  const ids = known.map((customer) => customer.id);
  const claims = await tx.execute<Claim>(sql`
    select row_number as "rowNumber", customer_id as "customerId", external_id as "externalId", phone, email, name
    from import_claims where import_id = ${at.importId} and row_number in (
      select row_number from import_claims where import_id = ${at.importId} and external_id = ${externalIds}
      union select row_number from import_claims where import_id = ${at.importId} and phone = ${phones}
      union select row_number from import_claims where import_id = ${at.importId} and email = ${emails}
      union select row_number from import_claims
        where import_id = ${at.importId} and customer_id = any(${sql.param(ids)}::uuid[]))
    order by row_number`);
  return { known: [...known], claims: [...claims] };
}
