import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { plainName } from "@/server/customers";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { type CallbackRow, rowColumns } from "./change";

/** What is asked for: a call of a number about a topic, by a customer or by somebody who is not known but gave a name. */
type Wish = Pick<CallbackRow, "phone" | "requestType" | "customerId"> & { customerName?: string };

/**
 * The open requests that a wish is one with: of its number and topic, unless both are of customers and not of the same one, or
 * the name that a stranger gave is that of another one who shares the number. A family shares a phone, and each of them has
 * policies of their own to speak about.
 */
function sameWish(ctx: Context, { phone, requestType, customerId, customerName = "" }: Wish): SQL {
  const namesAnother = (name: SQL, id: SQL) => sql`(
    exists (select from customers o where o.workspace_id = ${ctx.workspaceId} and o.phone = ${phone} and o.id <> ${id}
      and o.erased_at is null and ${plainName(sql`o.name`)} = nullif(${plainName(name)}, ''))
    and not exists (select from customers s where s.workspace_id = ${ctx.workspaceId} and s.id = ${id}
      and ${plainName(sql`s.name`)} = ${plainName(name)}))`;
  return sql`
    r.workspace_id = ${ctx.workspaceId} and r.phone = ${phone} and r.request_type = ${requestType}
    and r.status in ('pending', 'assigned', 'in_progress', 'scheduled')
    and (r.customer_id is not distinct from ${customerId}::uuid
      or (r.customer_id is null and not ${namesAnother(sql`r.customer_name`, sql`${customerId}::uuid`)})
      or (${customerId}::uuid is null and not ${namesAnother(sql`${customerName}::text`, sql`r.customer_id`)}))`;
}

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
 * The open request that a wish joins, locked: the customer's own, or one of the name that was given; else the oldest. Null: it
 * needs one of its own. After `lockTopic`.
 */
export async function joinOpen(tx: Transaction, ctx: Context, wish: Wish): Promise<CallbackRow | null> {
  const whose = sql`coalesce((select c.name from customers c where c.workspace_id = r.workspace_id and c.id = r.customer_id),
    r.customer_name)`;
  const [row] = await tx.execute<CallbackRow>(sql`
    select ${rowColumns} from callback_requests r where ${sameWish(ctx, wish)}
    order by coalesce(r.customer_id = ${wish.customerId}::uuid, false) desc,
      ${plainName(whose)} = ${plainName(sql`${wish.customerName ?? ""}::text`)} desc, id
    limit 1 for update`);
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
    is: sql`r.workspace_id = ${ctx.workspaceId} and r.phone = ${phone} and r.request_type = ${requestType}
      and r.status in ('pending', 'assigned', 'in_progress', 'scheduled') and r.customer_id is not distinct from ${customerId}::uuid`,
  });

async function requireNone(tx: Transaction, { id, is }: { id: string; is: SQL }): Promise<void> {
  const [open] = await tx.execute(
    sql`select r.id from callback_requests r where ${is} and r.id <> ${id} limit 1`,
  );
  if (!open) return;
  throw new AppError("CONFLICT", "This number has an open request on the topic already. Work on that one.", {
    code: "open_already",
  });
}
