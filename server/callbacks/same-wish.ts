import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { type CallbackRow, rowColumns } from "./change";

/** What is asked for: a call of a number about a topic, by a customer or by somebody who is not known. */
type Wish = Pick<CallbackRow, "phone" | "requestType" | "customerId">;

/**
 * The open requests that a wish is one with: of its number and topic, unless both are of customers and not of the same one. A
 * family shares a phone, and each of them has policies of their own to speak about.
 */
const sameWish = (ctx: Context, { phone, requestType, customerId }: Wish): SQL => sql`
  workspace_id = ${ctx.workspaceId} and phone = ${phone} and request_type = ${requestType}
    and status in ('pending', 'assigned', 'in_progress', 'scheduled')
    and (customer_id is null or ${customerId}::uuid is null or customer_id = ${customerId}::uuid)`;

/** Everybody who opens a request for this number and topic at once waits here, one after the other until they commit. */
export async function lockTopic(
  tx: Transaction,
  ctx: Context,
  { phone, requestType }: Omit<Wish, "customerId">,
): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`${ctx.workspaceId} ${phone} ${requestType}`}, 0))`,
  );
}

/**
 * The open request that a wish joins, locked; the oldest, where nobody knows which customer of the number it was. Null: it
 * needs one of its own. After `lockTopic`.
 */
export async function joinOpen(tx: Transaction, ctx: Context, wish: Wish): Promise<CallbackRow | null> {
  const [row] = await tx.execute<CallbackRow>(sql`
    select ${rowColumns} from callback_requests where ${sameWish(ctx, wish)} order by id for update`);
  return row ?? null;
}

/** @throws AppError CONFLICT `open_already` when another open request is one with this one; else nobody opens such a one before the end */
export async function requireOnlyOpen(
  tx: Transaction,
  ctx: Context,
  { id, ...wish }: Wish & { id: string },
): Promise<void> {
  await lockTopic(tx, ctx, wish);
  await requireNone(tx, { id, is: sameWish(ctx, wish) });
}

/**
 * Whoever a request becomes has no other open one on its topic. After `lockTopic`.
 * @throws AppError CONFLICT `open_already`
 */
export const requireFree = (
  tx: Transaction,
  ctx: Context,
  { id, phone, requestType, customerId }: Wish & { id: string },
): Promise<void> =>
  requireNone(tx, {
    id,
    is: sql`workspace_id = ${ctx.workspaceId} and phone = ${phone} and request_type = ${requestType}
      and status in ('pending', 'assigned', 'in_progress', 'scheduled') and customer_id is not distinct from ${customerId}::uuid`,
  });

async function requireNone(tx: Transaction, { id, is }: { id: string; is: SQL }): Promise<void> {
  const [open] = await tx.execute(sql`select id from callback_requests where ${is} and id <> ${id} limit 1`);
  if (!open) return;
  throw new AppError("CONFLICT", "This number has an open request on the topic already. Work on that one.", {
    code: "open_already",
  });
}
