import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import type { ConsentLine } from "./read-line";

export type Owner = { id: string; phone: string | null; email: string | null };
export type Owners = { ok: true; owners: Owner[] } | { ok: false; reason: string };

type Row = Owner & { external: string | null };

/**
 * Whose each line is: by the customer's id where it is given, else by phone, else by e-mail. A withdrawal is said for an
 * address and counts for everybody who has it; what somebody allowed is one person's, so an address of several is refused.
 */
export async function lookUpOwners(
  tx: Transaction,
  ctx: Context,
  lines: readonly ConsentLine[],
): Promise<Owners[]> {
  const all = (of: (line: ConsentLine) => string | null) => [
    ...new Set(lines.flatMap((line) => of(line) ?? [])),
  ];
  const rows = await tx.execute<Row>(sql`
    select id, external_id as external, phone, lower(email) as email from customers
    where workspace_id = ${ctx.workspaceId} and erased_at is null and erase_after is null
      and (external_id = any(${sql.param(all(({ customerId }) => customerId))}::text[])
        or phone = any(${sql.param(all(({ phone }) => phone))}::text[])
        or lower(email) = any(${sql.param(all(({ email }) => email))}::text[]))`);
  const group = (of: (row: Row) => string | null) => {
    const groups = new Map<string, Row[]>();
    for (const row of rows) {
      const key = of(row);
      if (key !== null) groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    return groups;
  };
  const [byId, byPhone, byEmail] = [
    group(({ external }) => external),
    group(({ phone }) => phone),
    group(({ email }) => email),
  ];
  return lines.map((line): Owners => {
    const found =
      (line.customerId !== null ? byId.get(line.customerId) : undefined) ??
      (line.phone !== null ? byPhone.get(line.phone) : undefined) ??
      (line.email !== null ? byEmail.get(line.email) : undefined) ??
      [];
    if (found.length === 0) return { ok: false, reason: "No customer has this id or address." };
    if (found.length > 1 && line.action === "granted")
      return { ok: false, reason: `${found.length} customers have this address: give the customer's id.` };
    return { ok: true, owners: found };
  });
}
