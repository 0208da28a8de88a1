import { customers } from "@/db/schema/customers";
import { type Transaction, withTransaction } from "@/db/transaction";
import { touchCustomers } from "@/server/events";
import { type Context, requireRole } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { recordChange } from "./changes";
import { type CreateCustomerInput, customerFields } from "./schemas";
import { customerEditors } from "./status";
import { columnsOf, readAttributeTexts, refuseErased, refuseTaken, requireAdvisor } from "./values";

/**
 * Adds one customer; an advisor's goes into the own book.
 * @throws AppError FORBIDDEN, BAD_INPUT (an address or a value that is none), CONFLICT (external id taken)
 */
export async function createCustomer(ctx: Context, input: CreateCustomerInput): Promise<{ id: string }> {
  return { id: await withTransaction(ctx, (tx) => insertCustomer(tx, ctx, input)) };
}

/** The same in the caller's transaction. Returns the id. @throws as `createCustomer` does */
export async function insertCustomer(
  tx: Transaction,
  ctx: Context,
  input: CreateCustomerInput,
): Promise<string> {
  requireRole(ctx, ...customerEditors);
  const fields = customerFields.parse(input);
  const id = newId();
  const own = ctx.role === "advisor" ? ctx.membershipId : fields.advisorId;
  const columns = { ...fields, ...columnsOf(fields), advisorId: own };
  if (own && ctx.role !== "advisor") await requireAdvisor(tx, ctx, own);
  await refuseErased(tx, ctx, { ...columns, externalId: null });
  const values = await readAttributeTexts(tx, ctx, fields.attributes);
  const attributes = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
  await refuseTaken(
    tx.insert(customers).values({ ...columns, id, workspaceId: ctx.workspaceId, attributes }),
  );
  await recordChange(tx, ctx, {
    customerId: id,
    action: "customer.created",
    subject: "customer",
    subjectId: id,
    before: null,
    after: stated(columns),
  });
  await touchCustomers(tx, ctx, [id], ["profile"]);
  return id;
}

/** The fields that say something, for the history. */
const stated = (columns: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(columns).filter(([, value]) => typeof value === "string" && value !== ""),
  );
