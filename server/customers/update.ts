import { sql } from "drizzle-orm";
import { customers } from "@/db/schema/customers";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { AttributeValues } from "@/server/attributes/schemas";
import { touchCustomers } from "@/server/events";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { requireState } from "@/server/platform/state";
import { recordChange } from "./changes";
import { masksFor } from "./masking";
import { type UpdateCustomerInput, updateCustomerInput } from "./schemas";
import { inScope } from "./scope";
import { STATE } from "./state";
import { customerEditors } from "./status";
import { setTagsIn } from "./tags";
import {
  type Columns,
  columnsOf,
  readAttributeTexts,
  refuseErased,
  refuseTaken,
  requireAdvisor,
} from "./values";

type Row = Columns & { attributes: AttributeValues; state: string };

/**
 * Changes a customer. The history keeps the changed fields with their values until the person is erased; the audit log,
 * which cannot be erased, names them only. `options.state`: only while the customer is in this state; `options.tags`: the tags
 * that it has then, and no others.
 * @throws AppError FORBIDDEN (also for an address that the person reads masked), NOT_FOUND, BAD_INPUT, CONFLICT
 * (`stale_version`: in another state)
 */
export async function updateCustomer(
  ctx: Context,
  input: UpdateCustomerInput,
  { tags, ...options }: { state?: string | null; tags?: string[] } = {},
): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    await updateIn(tx, ctx, { ...input, options });
    if (tags) await setTagsIn(tx, ctx, { customerId: input.customerId, tags });
  });
}

/** The same in the caller's transaction: what caused the change commits with it. Whether anything changed. */
export async function updateIn(
  tx: Transaction,
  ctx: Context,
  { options = {}, ...input }: UpdateCustomerInput & { options?: { state?: string | null } },
): Promise<boolean> {
  requireRole(ctx, ...customerEditors);
  const parsed = updateCustomerInput.parse(input).changes;
  const columns = columnsOf(parsed);
  const id = parseId(input.customerId);
  const { state, ...now } = await lockCustomer(tx, ctx, id);
  requireState(state, options.state);
  await refuseBlindly(tx, ctx, { now, columns });
  await refuseErased(tx, ctx, addressesIn(columns, now));
  const attributes = await readAttributeTexts(tx, ctx, parsed.attributes ?? {});
  const before = { ...now, ...named(now.attributes, Object.keys(attributes)) };
  const after = { ...columns, ...named(attributes, Object.keys(attributes)) };
  const changed = Object.keys(after).filter((field) => !same(before, after, field));
  if (changed.length === 0) return false;
  await refuseTaken(
    tx
      .update(customers)
      .set({ ...columns, attributes: merged(attributes), updatedAt: sql`clock_now()` })
      .where(sql`${customers.id} = ${id}`),
  );
  await recordChange(tx, ctx, {
    customerId: id,
    action: "customer.updated",
    subject: "customer",
    subjectId: id,
    before: pick(before, changed),
    after: pick(after, changed),
  });
  await touchCustomers(tx, ctx, [id], ["profile"]);
  return true;
}

/** The addresses that a change brings in. */
const addressesIn = (columns: Columns, now: Columns) => ({
  externalId: null,
  phone: columns.phone && columns.phone !== now.phone ? columns.phone : null,
  email: columns.email && columns.email !== now.email ? columns.email : null,
});

async function lockCustomer(tx: Transaction, ctx: Context, id: string): Promise<Row> {
  const [found] = await tx.execute<Row>(sql`
    select c.name, c.external_id as "externalId", c.phone, c.email, c.language, c.tier, c.city,
      c.birth_date::text as "birthDate", c.stop_state as "stopState", c.advisor_id as "advisorId", c.attributes, ${STATE} as state
    from customers c where ${inScope(ctx)} and c.id = ${id} for update`);
  return required(found, "customer");
}

/** What somebody does not see, or does not decide, is not changed by accident: a form sends what it shows. */
async function refuseBlindly(
  tx: Transaction,
  ctx: Context,
  { now, columns }: { now: Omit<Row, "state">; columns: Columns },
): Promise<void> {
  const hidden = (["phone", "email"] as const).filter(
    (field) => field in columns && now[field] !== null && columns[field] !== now[field],
  );
  if (hidden.length > 0 && (await masksFor(tx, ctx)))
    throw new AppError(
      "FORBIDDEN",
      "You read phone numbers and e-mail addresses masked, so you cannot change one that is there. Ask an administrator or a marketer.",
      { field: hidden[0] ?? null },
    );
  if (columns.advisorId === undefined || columns.advisorId === now.advisorId) return;
  if (ctx.role === "advisor")
    throw new AppError("FORBIDDEN", "Who looks after a customer is decided by marketers and administrators.");
  if (columns.advisorId) await requireAdvisor(tx, ctx, columns.advisorId);
}

const merged = (attributes: AttributeValues) =>
  sql<AttributeValues>`jsonb_strip_nulls(${customers.attributes} || ${JSON.stringify(attributes)}::jsonb)`;

type Values = Record<string, unknown>;

/** `attribute:key` → value, as the history names them. */
const named = (values: AttributeValues, keys: string[]): Values =>
  Object.fromEntries(keys.map((key) => [`attribute:${key}`, values[key] ?? null]));
const same = (before: Values, after: Values, field: string): boolean =>
  (before[field] ?? null) === (after[field] ?? null);
const pick = (values: Values, fields: string[]): Values =>
  Object.fromEntries(fields.map((field) => [field, values[field] ?? null]));
