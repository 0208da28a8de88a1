import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { KEPT_OUT, whoIsKeptOut } from "@/server/erasures";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { insertCustomer } from "./create";
import { findCustomers } from "./find-referred";
import type { CreateCustomerInput } from "./schemas";
import { setTagsIn } from "./tags";
import { updateCustomer } from "./update";

/**
 * Adds a customer, or changes the one that has the external id, the phone or the e-mail (`joints.md`, in this order); what
 * is left out stays; with `tags` it has these and no others. Two at once with the same addresses make one. @throws AppError FORBIDDEN, BAD_INPUT (no address, several
 * customers share it, a value that is none), CONFLICT (an erased person)
 */
export async function upsertCustomer(
  ctx: Context,
  given: Partial<CreateCustomerInput>,
  { tags }: { tags?: string[] } = {},
): Promise<{ id: string; created: boolean }> {
  const { externalId, phone, email } = given;
  if (!externalId && !phone && !email)
    throw new AppError("BAD_INPUT", "Say which customer: external_id, phone or email.", {
      field: "externalId",
    });
  const { id, created } = await withTransaction(ctx, async (tx) => {
    const known = await find(tx, ctx, given);
    if (known) return { id: known, created: false };
    // A phone is no key of the table: without this, two at once would add the same stranger twice.
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtext('ringback.customers'), hashtext(${ctx.workspaceId}))`,
    );
    const meanwhile = await find(tx, ctx, given);
    if (meanwhile) return { id: meanwhile, created: false };
    const [erased] = await whoIsKeptOut(tx, ctx, [
      { externalId: externalId ?? null, phone: null, email: null },
    ]);
    if (erased) throw new AppError("CONFLICT", KEPT_OUT, { field: "externalId" });
    const id = await insertCustomer(tx, ctx, { name: "", ...given });
    if (tags) await setTagsIn(tx, ctx, { customerId: id, tags });
    return { id, created: true };
  });
  if (!created) await updateCustomer(ctx, { customerId: id, changes: given }, { tags });
  return { id, created };
}

async function find(
  tx: Transaction,
  ctx: Context,
  { externalId, phone, email }: Partial<CreateCustomerInput>,
): Promise<string | null> {
  const [found] = await findCustomers(tx, ctx, [
    { external_id: externalId ?? undefined, phone: phone ?? undefined, email: email ?? undefined },
  ]);
  if (found && "customerId" in found) return found.customerId;
  if (found && !found.unknown) throw new AppError("BAD_INPUT", found.reason);
  return null;
}
