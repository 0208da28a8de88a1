import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { inScope } from "./scope";

/**
 * The customer's id, when the person may see it; locked against changes when `lock` is given.
 * @throws AppError NOT_FOUND for a malformed, foreign or erased one, and outside an advisor's own book
 */
export async function findCustomer(
  tx: Transaction,
  ctx: Context,
  customerId: string,
  options: { lock?: boolean } = {},
): Promise<string> {
  const [row] = await tx.execute<{ id: string }>(sql`
    select c.id from customers c where ${inScope(ctx)} and c.id = ${parseId(customerId)}
    ${options.lock ? sql`for no key update` : sql``}`);
  return required(row, "customer").id;
}
