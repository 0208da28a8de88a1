import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { findCustomer } from "@/server/customers";
import { touchCustomers } from "@/server/events";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";

/**
 * Takes an erasure back that was not carried out yet: the customer is one like all others again.
 * @throws AppError FORBIDDEN, NOT_FOUND (also once erased), CONFLICT (nobody asked for it)
 */
export async function cancelErasure(ctx: Context, input: { customerId: string }): Promise<void> {
  requireRole(ctx, "admin");
  await withTransaction(ctx, async (tx) => {
    const customerId = await findCustomer(tx, ctx, input.customerId, { lock: true });
    const rows = await tx.execute(sql`
      update erasures set cancelled_at = clock_now()
      where workspace_id = ${ctx.workspaceId} and customer_id = ${customerId} and cancelled_at is null and done_at is null
      returning 1`);
    if (rows.length === 0)
      throw new AppError(
        "CONFLICT",
        "There is no erasure to take back: nobody asked for one, or somebody took it back.",
      );
    await tx.execute(sql`
      update customers set erase_after = null, updated_at = clock_now() where id = ${customerId}`);
    await recordAudit(tx, ctx, {
      action: "customer.erasure_cancelled",
      subjectType: "customer",
      subjectId: customerId,
    });
    await touchCustomers(tx, ctx, [customerId], ["profile"]);
    await bumpTopics(tx, ctx, "customers", `customer:${customerId}`, "erasures");
  });
}
