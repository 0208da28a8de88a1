import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Transaction, withTransaction } from "@/db/transaction";
import { touchCustomers } from "@/server/events";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { recordChange } from "./changes";
import { findCustomer } from "./find";
import { MOST_TAGS, type TagCustomerInput, tagCustomerInput, tagSchema } from "./schemas";
import { customerEditors } from "./status";

/** Adds and takes away tags of one customer. @throws AppError FORBIDDEN, NOT_FOUND, LIMIT_EXCEEDED */
export async function tagCustomer(ctx: Context, input: TagCustomerInput): Promise<{ tags: string[] }> {
  requireRole(ctx, ...customerEditors);
  const { customerId, add, remove } = tagCustomerInput.parse(input);
  return withTransaction(ctx, (tx) =>
    changeTags(tx, ctx, customerId, (now) => [...now.filter((tag) => !remove.includes(tag)), ...add]),
  );
}

/** Leaves the customer with these tags and no others, in the caller's transaction. @throws as `tagCustomer` */
export async function setTagsIn(
  tx: Transaction,
  ctx: Context,
  { customerId, tags }: { customerId: string; tags: string[] },
): Promise<void> {
  requireRole(ctx, ...customerEditors);
  await changeTags(tx, ctx, customerId, () => z.array(tagSchema).parse(tags));
}

async function changeTags(
  tx: Transaction,
  ctx: Context,
  customerId: string,
  wanted: (now: string[]) => string[],
): Promise<{ tags: string[] }> {
  const id = await findCustomer(tx, ctx, customerId, { lock: true });
  const [row] = await tx.execute<{ tags: string[] }>(sql`select tags from customers where id = ${id}`);
  const now = required(row, "customer").tags;
  const next = [...new Set(wanted(now))];
  if (next.length > MOST_TAGS)
    throw new AppError("LIMIT_EXCEEDED", `A customer has at most ${MOST_TAGS} tags.`, { max: MOST_TAGS });
  if (next.length === now.length && next.every((tag) => now.includes(tag))) return { tags: now };
  await tx.execute(sql`
    update customers set tags = ${sql.param(next)}::text[], updated_at = clock_now() where id = ${id}`);
  await recordChange(tx, ctx, {
    customerId: id,
    action: "customer.tagged",
    subject: "customer",
    subjectId: id,
    before: { tags: now },
    after: { tags: next },
  });
  await touchCustomers(tx, ctx, [id], ["profile"]);
  return { tags: next };
}
