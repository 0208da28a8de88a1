import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";

/** Stops promotion while a complaint is open. A graver state, such as a death claim, stays. True when it changed something. */
export async function stopForComplaint(tx: Transaction, ctx: Context, customerId: string): Promise<boolean> {
  return move(tx, ctx, { customerId, from: null, to: "open_complaint" });
}

/**
 * Lets promotion go on when a complaint is settled, or was none, unless another one is open. True when it changed something.
 */
export async function settleComplaint(
  tx: Transaction,
  ctx: Context,
  { customerId, responseId }: { customerId: string; responseId: string },
): Promise<boolean> {
  const others = await tx.execute(sql`
    select 1 from responses where workspace_id = ${ctx.workspaceId} and customer_id = ${customerId}
      and class = 'complaint' and follow_up = 'open' and id <> ${responseId} limit 1`);
  return others.length === 0 && move(tx, ctx, { customerId, from: "open_complaint", to: null });
}

async function move(
  tx: Transaction,
  ctx: Context,
  { customerId, from, to }: { customerId: string; from: string | null; to: string | null },
): Promise<boolean> {
  const rows = await tx.execute(sql`
    update customers set stop_state = ${to}, updated_at = clock_now()
    where workspace_id = ${ctx.workspaceId} and id = ${customerId} and stop_state is not distinct from ${from}
    returning 1`);
  if (rows.length === 0) return false;
  await recordAudit(tx, ctx, {
    action: "customer.updated",
    subjectType: "customer",
    subjectId: customerId,
    before: { stopState: from },
    after: { stopState: to },
  });
  await bumpTopics(tx, ctx, "customers", `customer:${customerId}`);
  return true;
}
