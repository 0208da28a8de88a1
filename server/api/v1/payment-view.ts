import { z } from "zod";
import type { PaymentLine } from "@/server/policies/list";
import { paymentStatuses } from "@/server/policies/status";
import { majorOf, money } from "./money";

export const payment = z.object({
  payment_id: z.uuid(),
  due_date: z.string(),
  amount: money,
  currency: z.string(),
  status: z.enum(paymentStatuses),
  paid_on: z.string().nullable(),
});

export const paymentData = (row: PaymentLine): z.input<typeof payment> => ({
  payment_id: row.id,
  due_date: row.dueDate,
  amount: majorOf(row.amount),
  currency: row.currency,
  status: row.status,
  paid_on: row.paidOn,
});
