import { sql } from "drizzle-orm";
import { customers } from "@/db/schema/customers";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { requireAddress } from "./addresses";
import { type CustomerFields, type UpdateCustomerInput, updateCustomerInput } from "./schemas";
import { inScope } from "./scope";
import { customerEditors } from "./status";

type Values = Partial<Record<keyof CustomerFields, string | null>>;

/**
 * Changes a customer. The audit log names the fields that changed, never their values: it cannot be erased.
 * @throws AppError FORBIDDEN, NOT_FOUND, BAD_INPUT, CONFLICT (external id taken)
 */
export async function updateCustomer(ctx: Context, input: UpdateCustomerInput): Promise<void> {
  requireRole(ctx, ...customerEditors);
  // Defaults must not come in for fields that nobody sent.
  const sent = Object.keys(input.changes);
  const parsed = updateCustomerInput.parse(input).changes;
  const wanted = cleanValues(
    Object.fromEntries(Object.entries(parsed).filter(([field]) => sent.includes(field))),
  );
  const id = parseId(input.customerId);
  await withTransaction(ctx, async (tx) => {
    const [found] = await tx.execute<Values>(sql`
      select c.name, c.external_id as "externalId", c.phone, c.email, c.language, c.tier, c.city,
        c.birth_date::text as "birthDate", c.stop_state as "stopState"
      from customers c where ${inScope(ctx)} and c.id = ${id} for update`);
    const before = required(found, "customer");
    const changed = (Object.keys(wanted) as (keyof Values)[]).filter(
      (field) => wanted[field] !== before[field],
    );
    if (changed.length === 0) return;
    const values = Object.fromEntries(changed.map((field) => [field, wanted[field]]));
    await refuseTaken(
      tx
        .update(customers)
        .set({ ...values, updatedAt: sql`clock_now()` })
        .where(sql`${customers.id} = ${id}`),
    );
    await recordAudit(tx, ctx, {
      action: "customer.updated",
      subjectType: "customer",
      subjectId: id,
      after: { changed: changed.sort() },
    });
    await bumpTopics(tx, ctx, "customers", `customer:${id}`);
  });
}

/** Blank is null, addresses in their one spelling. A changed address must be one; an unchanged bad one may stay. */
function cleanValues(values: Values): Values {
  const clean: Values = { ...values };
  for (const field of ["externalId", "city", "birthDate"] as const)
    if (clean[field] === "") clean[field] = null;
  for (const field of ["phone", "email"] as const)
    if (field in clean) clean[field] = requireAddress(field, clean[field]);
  return clean;
}

/** Waits for a write; an external id that another customer has becomes a sentence. @throws AppError CONFLICT */
export async function refuseTaken(write: PromiseLike<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    const { code, constraint_name: key } =
      (error as { cause?: { code?: string; constraint_name?: string } }).cause ?? {};
    if (code === "23505" && key === "customers_external_id_key")
      throw new AppError("CONFLICT", "Another customer has this external id already.", {
        field: "externalId",
      });
    throw error;
  }
}
