import { customers } from "@/db/schema/customers";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { requireAddress } from "./addresses";
import { type CreateCustomerInput, customerFields } from "./schemas";
import { customerEditors } from "./status";
import { refuseTaken } from "./update";

/**
 * Adds one customer; an advisor's goes into the own book.
 * @throws AppError FORBIDDEN, BAD_INPUT (an address that is none), CONFLICT (external id taken)
 */
export async function createCustomer(ctx: Context, input: CreateCustomerInput): Promise<{ id: string }> {
  requireRole(ctx, ...customerEditors);
  const fields = customerFields.parse(input);
  const id = newId();
  await withTransaction(ctx, async (tx) => {
    await refuseTaken(
      tx.insert(customers).values({
        id,
        workspaceId: ctx.workspaceId,
        ...fields,
        externalId: fields.externalId || null,
        city: fields.city || null,
        birthDate: fields.birthDate || null,
        phone: requireAddress("phone", fields.phone),
        email: requireAddress("email", fields.email),
        advisorId: ctx.role === "advisor" ? ctx.membershipId : null,
      }),
    );
    await recordAudit(tx, ctx, {
      action: "customer.created",
      subjectType: "customer",
      subjectId: id,
    });
    await bumpTopics(tx, ctx, "customers");
  });
  return { id };
}
