import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { premiumPayments } from "@/db/schema/policies";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordChange } from "@/server/customers";
import { customerEditors } from "@/server/customers/status";
import { touchCustomers } from "@/server/events";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { lockPayment, lockPolicy, readToday } from "./find";
import {
  type ChangePaymentInput,
  changePaymentInput,
  type paymentFields,
  type RecordPaymentInput,
  recordPaymentInput,
} from "./schemas";
import { settlePolicy } from "./settle";
import { paymentStatusOn } from "./status";
import { differences, refuseTaken, requireAmount, told } from "./values";

/**
 * Writes down a payment of a policy: due, paid on a day, or failed. The policy's next due date and state follow.
 * @throws AppError FORBIDDEN, NOT_FOUND, BAD_INPUT (paid in the future), CONFLICT (one is due on that day already)
 */
export async function recordPayment(ctx: Context, input: RecordPaymentInput): Promise<{ id: string }> {
  requireRole(ctx, ...customerEditors);
  const { payment } = recordPaymentInput.parse(input);
  const id = newId();
  await withTransaction(ctx, async (tx) => {
    const policy = await lockPolicy(tx, ctx, input.policyId);
    const { today, columns } = await columnsOf(tx, ctx, payment);
    const { workspaceId, customerId, currency } = policy;
    await refuseTaken(
      tx
        .insert(premiumPayments)
        .values({ ...columns, id, workspaceId, customerId, currency, policyId: policy.id }),
    );
    await recordChange(tx, ctx, {
      customerId,
      action: "payment.recorded",
      subject: "payment",
      subjectId: id,
      before: null,
      after: { policyNumber: policy.policyNumber, ...history(columns, payment) },
    });
    await settlePolicy(tx, ctx, { policy, today });
    await touchCustomers(tx, ctx, [customerId], ["payment", "policy"]);
  });
  return { id };
}

/** Changes a payment, also one that counted as paid: a debit can bounce days later. @throws as `recordPayment` */
export async function changePayment(ctx: Context, input: ChangePaymentInput): Promise<void> {
  requireRole(ctx, ...customerEditors);
  const { payment: fields } = changePaymentInput.parse(input);
  await withTransaction(ctx, async (tx) => {
    const { policy, payment } = await lockPayment(tx, ctx, input.paymentId);
    const { zone, today, columns } = await columnsOf(tx, ctx, fields);
    const [paid] = await tx.execute<{ on: string | null }>(sql`
      select (paid_at at time zone ${zone})::date::text as on from premium_payments where id = ${payment.id}`);
    const { paidAt: _, ...rest } = payment;
    const changed = differences<Record<string, unknown>>(
      { ...rest, paidOn: paid?.on ?? null },
      history(columns, fields),
    );
    if (!changed) return;
    await refuseTaken(tx.update(premiumPayments).set(columns).where(eq(premiumPayments.id, payment.id)));
    await recordChange(tx, ctx, {
      customerId: policy.customerId,
      action: "payment.changed",
      subject: "payment",
      subjectId: payment.id,
      ...changed,
    });
    await settlePolicy(tx, ctx, { policy, today });
    await touchCustomers(tx, ctx, [policy.customerId], ["payment", "policy"]);
  });
}

type Fields = z.infer<typeof paymentFields>;

async function columnsOf(tx: Transaction, ctx: Context, { state, paidOn, ...fields }: Fields) {
  const { zone, today } = await readToday(tx, ctx);
  const day = state === "paid" ? paidOn : null;
  if (day !== null && day > today)
    throw new AppError("BAD_INPUT", "The day on which it was paid lies in the future.", { field: "paidOn" });
  const status = paymentStatusOn(
    { status: state === "open" ? "due" : state, dueDate: fields.dueDate },
    today,
  );
  const columns = {
    dueDate: fields.dueDate,
    amount: requireAmount(fields.amount),
    status,
    // A day is all that is known: noon is that day in every neighbouring zone.
    paidAt:
      day === null ? null : (sql`(${day}::date + time '12:00') at time zone ${zone}` as unknown as Date),
  };
  return { zone, today, columns };
}

const history = (
  columns: { dueDate: string; amount: bigint; status: string },
  { state, paidOn }: Fields,
) => ({
  ...told({ dueDate: columns.dueDate, amount: columns.amount, status: columns.status }),
  paidOn: state === "paid" ? paidOn : null,
});
