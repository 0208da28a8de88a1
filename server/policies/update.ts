import { eq, sql } from "drizzle-orm";
import { policies } from "@/db/schema/policies";
import { withTransaction } from "@/db/transaction";
import { recordChange } from "@/server/customers";
import { customerEditors } from "@/server/customers/status";
import { touchCustomers } from "@/server/events";
import { type Context, requireRole } from "@/server/platform/context";
import { requireState } from "@/server/platform/state";
import { lockPolicy, readToday } from "./find";
import { readPolicy } from "./list";
import { type UpdatePolicyInput, updatePolicyInput } from "./schemas";
import { isDecided, policyStatusOn } from "./status";
import { columnsOf, differences, refuseTaken } from "./values";

/**
 * Changes a policy. A decided state is set or taken back with `decided`; every other state follows from the dates.
 * `options.state`: only while the policy is in this state.
 * @throws AppError FORBIDDEN, NOT_FOUND, CONFLICT (number taken; `stale_version`: in another state)
 */
export async function updatePolicy(
  ctx: Context,
  input: UpdatePolicyInput,
  options: { state?: string | null } = {},
): Promise<void> {
  requireRole(ctx, ...customerEditors);
  const { changes } = updatePolicyInput.parse(input);
  await withTransaction(ctx, async (tx) => {
    const now = await lockPolicy(tx, ctx, input.policyId);
    if (options.state) requireState((await readPolicy(tx, ctx, now)).state, options.state);
    const { today } = await readToday(tx, ctx);
    const columns = columnsOf(changes);
    const decided = "decided" in changes ? changes.decided : isDecided(now.status) ? now.status : null;
    const next = { ...now, ...columns };
    const status = policyStatusOn(
      { status: decided ?? "in_force", dueDate: next.renewalDate ?? null, graceDays: next.graceDays },
      today,
    );
    const changed = differences(now, { ...columns, status });
    if (!changed) return;
    await refuseTaken(
      tx
        .update(policies)
        .set({ ...columns, status, updatedAt: sql`clock_now()` })
        .where(eq(policies.id, now.id)),
    );
    await recordChange(tx, ctx, {
      customerId: now.customerId,
      action: "policy.updated",
      subject: "policy",
      subjectId: now.id,
      ...changed,
    });
    await touchCustomers(tx, ctx, [now.customerId], ["policy"]);
  });
}
