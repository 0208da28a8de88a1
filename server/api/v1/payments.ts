import { z } from "zod";
import { customerEditors, customerReaders } from "@/server/customers/status";
import { listPayments } from "@/server/policies/list";
import { changePayment, recordPayment } from "@/server/policies/record-payment";
import { operation } from "./operation";
import { payment, paymentData } from "./payment-view";
import { place } from "./place";

const day = z.iso.date("Give a date, year-month-day.");
const body = z.strictObject({
  due_date: day,
  amount: z.number().min(0).max(1e10),
  /** `open` is due or overdue by its date. */
  status: z.enum(["open", "paid", "failed"]),
  /** Needed for `paid`. */
  paid_on: day.nullish(),
});
const example = { due_date: "2026-04-01", amount: 12_345.5, status: "paid", paid_on: "2026-03-28" };

const fieldsOf = ({ due_date, amount, status, paid_on }: z.output<typeof body>) => ({
  dueDate: due_date,
  amount: amount.toFixed(2),
  state: status,
  paidOn: paid_on ?? null,
});

export const getPayments = operation({
  id: "listPayments",
  method: "GET",
  path: "/policies/{id}/payments",
  scope: "policies:read",
  roles: customerReaders,
  summary: "List a policy's payments, the latest due date first",
  status: 200,
  paged: true,
  query: place,
  data: z.array(payment),
  handle: async ({ ctx, params: { id = "" }, query: { cursor, limit } }) => {
    const { rows, next } = await listPayments(ctx, { policyId: id, cursor: cursor ?? null }, limit);
    return { data: rows.map(paymentData), next_cursor: next, message: `${rows.length} of this page.` };
  },
});

const kept = z.object({ payment_id: z.uuid() });

export const addPayment = operation({
  id: "recordPayment",
  method: "POST",
  path: "/policies/{id}/payments",
  scope: "policies:write",
  roles: customerEditors,
  summary: "Write down a payment of a policy: its next due date and state follow",
  status: 201,
  body,
  example,
  data: kept,
  handle: async ({ ctx, params: { id = "" }, body: given }) => {
    const made = await recordPayment(ctx, { policyId: id, payment: fieldsOf(given) });
    return { data: { payment_id: made.id }, message: "The payment was recorded." };
  },
});

export const putPayment = operation({
  id: "changePayment",
  method: "PUT",
  path: "/payments/{id}",
  scope: "policies:write",
  roles: customerEditors,
  summary: "Correct a payment",
  status: 200,
  body,
  example,
  data: kept,
  handle: async ({ ctx, params: { id = "" }, body: given }) => {
    await changePayment(ctx, { paymentId: id, payment: fieldsOf(given) });
    return { data: { payment_id: id }, message: "The payment was corrected." };
  },
});
