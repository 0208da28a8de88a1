import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { findCustomer } from "@/server/customers";
import { touchCustomers } from "@/server/events";
import { enqueue } from "@/server/jobs/enqueue";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { confirmationOf, type RequestErasureInput, requestErasureInput, sameConfirmation } from "./schemas";

/**
 * Asks for a customer to be forgotten: from now on nothing is sent, and after the workspace's days (`erasureDays`, 0: at once)
 * the personal values go. Until then it can be taken back.
 * @throws AppError FORBIDDEN, NOT_FOUND, BAD_INPUT (another name was typed), CONFLICT (asked for already)
 */
export async function requestErasure(ctx: Context, given: RequestErasureInput): Promise<{ dueAt: string }> {
  requireRole(ctx, "admin");
  const input = requestErasureInput.parse(given);
  return withTransaction(ctx, async (tx) => {
    const customerId = await findCustomer(tx, ctx, input.customerId, { lock: true });
    await requireName(tx, customerId, input.typed);
    const id = newId();
    const [made] = await tx.execute<{ dueAt: string }>(sql`
      insert into erasures (id, workspace_id, customer_id, requested_by, due_at, suppress)
      select ${id}, w.id, ${customerId}, ${ctx.actor.id}::uuid, clock_now() + w.erasure_days * interval '1 day', ${input.keepOut}
      from workspaces w where w.id = ${ctx.workspaceId}
      on conflict (workspace_id, customer_id) where cancelled_at is null do nothing
      returning to_char(due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "dueAt"`);
    if (!made)
      throw new AppError(
        "CONFLICT",
        "Somebody asked for the erasure of this customer already. Reload to see when it is due.",
      );
    await tx.execute(sql`
      update customers set erase_after = e.due_at, updated_at = clock_now() from erasures e
      where e.id = ${id} and customers.id = ${customerId}`);
    await recordAudit(tx, ctx, {
      action: "customer.erasure_requested",
      subjectType: "customer",
      subjectId: customerId,
      after: { dueAt: made.dueAt, keepOut: input.keepOut },
    });
    // Whoever is to be erased is in no segment any more.
    await touchCustomers(tx, ctx, [customerId], ["profile"]);
    await enqueue(tx, ctx, "erasure/requested", { erasureId: id }, id);
    await bumpTopics(tx, ctx, "customers", `customer:${customerId}`, "erasures");
    return made;
  });
}

async function requireName(tx: Transaction, customerId: string, typed: string): Promise<void> {
  const [row] = await tx.execute<Parameters<typeof confirmationOf>[0]>(sql`
    select name, email, phone, external_id as "externalId" from customers where id = ${customerId}`);
  const wanted = confirmationOf(required(row, "customer"));
  if (sameConfirmation(typed, wanted)) return;
  throw new AppError("BAD_INPUT", "This is not the customer's name. Type it as it stands above.", {
    field: "typed",
  });
}
