import { sql } from "drizzle-orm";
import { policies } from "@/db/schema/policies";
import { workspaces } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { findCustomer, recordChange } from "@/server/customers";
import { customerEditors } from "@/server/customers/status";
import { touchCustomers } from "@/server/events";
import { type Context, requireRole } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { readToday } from "./find";
import { type CreatePolicyInput, createPolicyInput } from "./schemas";
import { nextDueDate, policyStatusOn } from "./status";
import { refuseTaken, requireAmount, told } from "./values";

/**
 * Adds a policy to a customer. Without a next due date it is counted from the start and the mode of payment; the state
 * follows from the dates unless somebody decided one.
 * @throws AppError FORBIDDEN, NOT_FOUND, CONFLICT (number taken)
 */
export async function createPolicy(ctx: Context, input: CreatePolicyInput): Promise<{ id: string }> {
  requireRole(ctx, ...customerEditors);
  const { customerId: given, ...fields } = createPolicyInput.parse(input);
  const id = newId();
  await withTransaction(ctx, async (tx) => {
    const customerId = await findCustomer(tx, ctx, given, { lock: true });
    const { today } = await readToday(tx, ctx);
    const { decided, premium, sumAssured, ...plain } = fields;
    const renewalDate =
      fields.renewalDate ??
      (fields.startDate && nextDueDate({ startDate: fields.startDate, mode: fields.paymentMode }, today));
    const status = policyStatusOn(
      { status: decided ?? "in_force", dueDate: renewalDate, graceDays: fields.graceDays },
      today,
    );
    const currency = sql<string>`(select ${workspaces.currency} from ${workspaces} where ${workspaces.id} = ${ctx.workspaceId})`;
    const row = {
      ...plain,
      premium: requireAmount(premium),
      sumAssured: sumAssured === null ? null : requireAmount(sumAssured),
      renewalDate,
      status,
    };
    await refuseTaken(
      tx.insert(policies).values({ ...row, id, workspaceId: ctx.workspaceId, customerId, currency }),
    );
    await recordChange(tx, ctx, {
      customerId,
      action: "policy.created",
      subject: "policy",
      subjectId: id,
      before: null,
      after: told(row),
    });
    await touchCustomers(tx, ctx, [customerId], ["policy"]);
  });
  return { id };
}
