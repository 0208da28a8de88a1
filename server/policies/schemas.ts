import { z } from "zod";
import { changesOf } from "@/server/platform/changes";
import { parseDay } from "@/server/platform/days";
import { parseMoney } from "@/server/platform/money";
import { decidedStatuses, paymentModes } from "./status";

/** Kinds of insurance that forms offer; files and clients may bring others, which are shown as they are. */
export const policyTypeLabels: Record<string, string> = {
  term: "Term life",
  health: "Health",
  motor: "Motor",
  endowment: "Endowment",
  ulip: "Unit-linked (ULIP)",
  child: "Child plan",
  pension: "Pension",
  travel: "Travel",
  home: "Home",
};

const day = (message: string) => z.string().refine((text) => parseDay(text) === text, message);
const noDay = z.literal("").transform(() => null);
const optionalDay = z
  .union([day("Give a date that exists."), noDay])
  .nullable()
  .default(null);
const amount = z
  .string()
  .refine((text) => parseMoney(text) !== null, "Give an amount, such as 12,500 or 12500.50.");

/** What a person writes about a policy. In force, in grace and lapsed follow from the dates (`status.ts`). */
export const policyFields = z.object({
  policyNumber: z.string().trim().min(1, "Give the policy's number.").max(64, "Use at most 64 characters."),
  policyType: z.string().trim().min(1, "Choose a kind.").max(40, "Use at most 40 characters."),
  productName: z.string().trim().min(1, "Give the product's name.").max(120, "Use at most 120 characters."),
  /** What somebody decided about it; null: its dates say how it stands. */
  decided: z.enum(decidedStatuses).nullable().default(null),
  premium: amount,
  sumAssured: z.union([amount, noDay]).nullable().default(null),
  paymentMode: z.enum(paymentModes),
  autoDebit: z.boolean().default(false),
  startDate: optionalDay,
  /** The next due date that is not paid. */
  renewalDate: optionalDay,
  graceDays: z
    .number("Give a number of days.")
    .int("Give whole days.")
    .min(0, "Give 0 or more days.")
    .max(365, "Give at most 365 days."),
});
export type PolicyFields = z.input<typeof policyFields>;
export type ParsedPolicy = z.output<typeof policyFields>;

export const createPolicyInput = policyFields.extend({ customerId: z.string() });
export type CreatePolicyInput = z.input<typeof createPolicyInput>;

export const updatePolicyInput = z.object({ policyId: z.string(), changes: changesOf(policyFields) });
export type UpdatePolicyInput = z.input<typeof updatePolicyInput>;

/** What a person writes about a payment. Whether it is overdue follows from its date. */
export const paymentFields = z
  .object({
    dueDate: day("Give the day on which it is due."),
    amount,
    /** What is known of it; `open` is due or overdue by its date. */
    state: z.enum(["open", "paid", "failed"]),
    /** The day on which it was paid. */
    paidOn: optionalDay,
  })
  .refine(({ state, paidOn }) => state !== "paid" || paidOn !== null, {
    path: ["paidOn"],
    message: "Give the day on which it was paid.",
  });
export type ParsedPayment = z.output<typeof paymentFields>;

export const recordPaymentInput = z.object({ policyId: z.string(), payment: paymentFields });
export type RecordPaymentInput = z.input<typeof recordPaymentInput>;

export const changePaymentInput = z.object({ paymentId: z.string(), payment: paymentFields });
export type ChangePaymentInput = z.input<typeof changePaymentInput>;

export const listPaymentsInput = z.object({
  policyId: z.string(),
  /** Due dates before this one. */
  cursor: z.string().nullish(),
});
