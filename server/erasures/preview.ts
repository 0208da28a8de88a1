import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { findCustomer } from "@/server/customers";
import { type Context, requireRole } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { callbacksOf } from "./callbacks-of";
import { confirmationOf } from "./schemas";
import { wordsOf } from "./words";

export type ErasurePreview = {
  /** What is to be typed. */
  confirmation: string;
  /** Days until it is carried out; 0: at once. */
  days: number;
  /** What is held of the person, and goes. */
  notes: number;
  responses: number;
  events: number;
  inboxMessages: number;
  openCallbacks: number;
  /** What stays, without the person. */
  policies: number;
  messages: number;
  /** Other customers with the same phone or e-mail: such an address stays reachable. */
  sharedWith: number;
};

/** What the erasure of a customer would take away and leave. @throws AppError FORBIDDEN, NOT_FOUND */
export async function previewErasure(ctx: Context, input: { customerId: string }): Promise<ErasurePreview> {
  requireRole(ctx, "admin");
  return withTransaction(ctx, async (tx) => {
    const id = await findCustomer(tx, ctx, input.customerId);
    return count(tx, ctx, id);
  });
}

type Counted = Omit<ErasurePreview, "confirmation"> & Parameters<typeof confirmationOf>[0];

async function count(tx: Transaction, ctx: Context, id: string): Promise<ErasurePreview> {
  const own = sql`workspace_id = ${ctx.workspaceId} and customer_id = ${id}`;
  const theirs = callbacksOf(ctx, await wordsOf(tx, ctx, [id]));
  const [row] = await tx.execute<Counted>(sql`
    select c.name, c.email, c.phone, c.external_id as "externalId", w.erasure_days as days,
      (select count(*)::int from customer_notes where ${own}) as notes,
      (select count(*)::int from responses where ${own}) as responses,
      (select count(*)::int from customer_events where ${own}) as events,
      (select count(*)::int from sandbox_messages where ${own}) as "inboxMessages",
      (select count(*)::int from callback_requests where closed_at is null and ${theirs}) as "openCallbacks",
      (select count(*)::int from policies where ${own}) as policies,
      (select count(*)::int from executions where ${own}) as messages,
      (select count(*)::int from customers o where o.workspace_id = c.workspace_id and o.id <> c.id
        and o.erased_at is null and (o.phone = c.phone or lower(o.email) = lower(c.email))) as "sharedWith"
    from customers c join workspaces w on w.id = c.workspace_id
    where c.workspace_id = ${ctx.workspaceId} and c.id = ${id}`);
  const { name, email, phone, externalId, ...counts } = required(row, "customer");
  return { ...counts, confirmation: confirmationOf({ name, email, phone, externalId }) };
}
