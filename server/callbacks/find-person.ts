import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { lookUpCustomers, makeMatcher, parseEmail, parsePhone, plainName } from "@/server/customers";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import type { requestInput } from "./schemas";
import type { CallbackTier } from "./status";

/** Who is to be called, and what the request takes from their record. */
export type Person = {
  /** Null: nobody, or nobody in particular. */
  customerId: string | null;
  customerName: string;
  phone: string;
  email: string | null;
  tier: CallbackTier;
};

type Asked = Pick<ReturnType<typeof requestInput.parse>, "customerId" | "customerName" | "phone" | "email">;
type Customer = { name: string; phone: string | null; email: string | null; tier: CallbackTier };

/**
 * Whose wish it is: the customer who is named, else the one who is found by the addresses (`joints.md`). Where several share
 * the number, and neither the e-mail nor the name that was typed tells which of them it is, it is nobody's: the desk asks,
 * instead of reading one of the family the policies of another.
 * @throws AppError BAD_INPUT naming the field; NOT_FOUND for a foreign customer
 */
export async function findPerson(tx: Transaction, ctx: Context, asked: Asked): Promise<Person> {
  const given = asked.phone ? parsePhone(asked.phone) : null;
  if (given && !given.ok) throw new AppError("BAD_INPUT", given.reason, { field: "phone" });
  const typed = given?.value ?? null;
  const customerId = asked.customerId
    ? parseId(asked.customerId)
    : typed &&
      (await findByAddress(tx, ctx, { phone: typed, email: asked.email ?? null, name: asked.customerName }));
  const customer = customerId ? await readCustomer(tx, ctx, customerId) : null;
  const phone = typed ?? customer?.phone;
  if (!phone) throw new AppError("BAD_INPUT", "Give the number to call back.", { field: "phone" });
  return {
    customerId,
    customerName: asked.customerName || (customer?.name ?? ""),
    phone,
    email: asked.email || (customer?.email ?? null),
    tier: customer?.tier ?? "bronze",
  };
}

async function findByAddress(
  tx: Transaction,
  ctx: Context,
  { phone, email, name }: { phone: string; email: string | null; name: string },
): Promise<string | null> {
  const parsed = email ? parseEmail(email) : null;
  const wanted = { id: null, externalId: null, phone, email: parsed?.ok ? parsed.value : null, name: "" };
  const known = await lookUpCustomers(tx, ctx, [wanted]);
  const found = makeMatcher(known).find(wanted);
  if ("customerId" in found) return found.customerId;
  const sharing = known.filter((customer) => customer.phone === phone).map(({ id }) => id);
  return sharing.length > 1 ? findByName(tx, ctx, { name, ids: sharing }) : null;
}

/** The only one of those who share the number who goes by the name. */
async function findByName(
  tx: Transaction,
  ctx: Context,
  { name, ids }: { name: string; ids: string[] },
): Promise<string | null> {
  const named = await tx.execute<{ id: string }>(sql`
    select id from customers where workspace_id = ${ctx.workspaceId} and id = any(${sql.param(ids)}::uuid[])
      and erased_at is null and ${plainName(sql`name`)} = nullif(${plainName(sql`${name}::text`)}, '') limit 2`);
  return named.length === 1 ? (named[0]?.id ?? null) : null;
}

async function readCustomer(tx: Transaction, ctx: Context, customerId: string): Promise<Customer> {
  const [customer] = await tx.execute<Customer>(sql`
    select name, phone, email, tier from customers where workspace_id = ${ctx.workspaceId} and id = ${customerId}`);
  return required(customer, "customer");
}
