import type { PaymentMode, PaymentStatus, PolicyStatus } from "@/server/policies/status";
import { readAmount } from "./amounts";
import { type Era, readDay } from "./dates";
import { readAutoDebit, readMode, readPaymentStatus, readPolicyStatus, readPolicyType } from "./policy-words";
import type { RowPlan } from "./row-plan";
import type { ImportField } from "./schemas";

/** A policy as a row states it. What is not there was blank or not mapped: it stays as it is. Amounts are micro-units. */
export type ParsedPolicy = {
  number: string;
  fields: {
    product_name?: string;
    policy_type?: string;
    status?: PolicyStatus;
    premium_micros?: string;
    sum_assured_micros?: string;
    payment_mode?: PaymentMode;
    auto_debit?: boolean;
    start_date?: string;
    grace_days?: number;
  };
  dueDate: string | null;
  payment: { status: PaymentStatus | null; amount: string | null; paidOn: string | null };
};

export type PolicyField = Exclude<
  ImportField,
  "external_id" | "name" | "phone" | "email" | "language" | "tier" | "city" | "birth_date"
>;

export type PolicyDraft = ParsedPolicy & { type: string | null; death: boolean };

export const blankPolicy = (): PolicyDraft => ({
  number: "",
  fields: {},
  dueDate: null,
  payment: { status: null, amount: null, paidOn: null },
  type: null,
  death: false,
});

/** Puts a cell into the draft; returns the reason when it cannot. */
type Take = (draft: PolicyDraft, text: string, plan: RowPlan) => string | null;

const LONGEST = { number: 64, product: 200, type: 60 } as const;

function day(text: string, plan: RowPlan, era: Era): string | null {
  const { options, surroundings } = plan;
  const read = readDay(text, { order: options.dateOrder, era, today: surroundings.today });
  return read && read >= "1900-01-01" && read <= "2199-12-31" ? read : null;
}
const noDay = (label: string, plan: RowPlan, text: string): string =>
  `The ${label} “${short(text)}” is not a date that exists (${plan.options.dateOrder === "day_first" ? "day/month/year" : "month/day/year"}).`;
const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** Zeros are how some systems print "none". */
const isNoDay = (text: string): boolean => /^[0/\-. ]+$|^(na|n\/a|nil|null|none)$/i.test(text);

const dateTaker =
  (label: string, era: Era, put: (draft: PolicyDraft, day: string) => void): Take =>
  (draft, text, plan) => {
    if (isNoDay(text)) return null;
    const read = day(text, plan, era);
    if (!read) return noDay(label, plan, text);
    put(draft, read);
    return null;
  };

const amountTaker =
  (label: string, put: (draft: PolicyDraft, micros: string) => void): Take =>
  (draft, text, { surroundings }) => {
    const micros = readAmount(text, surroundings.currency);
    if (micros === null) return `The ${label} “${short(text)}” is not an amount in ${surroundings.currency}.`;
    put(draft, micros.toString());
    return null;
  };

export const policyTakers: Record<PolicyField, Take> = {
  policy_number: (draft, text) => {
    const number = text.replace(/^'/, "").replace(/\s+/g, " ");
    if (number.length > LONGEST.number)
      return `The policy number is longer than ${LONGEST.number} characters.`;
    draft.number = number;
    return null;
  },
  product_name: (draft, text) => {
    if (text.length > LONGEST.product) return `The product is longer than ${LONGEST.product} characters.`;
    draft.fields.product_name = text;
    return null;
  },
  policy_type: (draft, text) => {
    draft.type = text.slice(0, LONGEST.type);
    return null;
  },
  policy_status: (draft, text) => {
    const read = readPolicyStatus(text);
    if (!read)
      return `The policy status “${short(text)}” is unknown. Use in force, in grace, lapsed, paid up, surrendered or matured.`;
    draft.fields.status = read.status;
    draft.death = read.death;
    return null;
  },
  premium: amountTaker("premium", (draft, micros) => {
    draft.fields.premium_micros = micros;
  }),
  sum_assured: amountTaker("sum assured", (draft, micros) => {
    draft.fields.sum_assured_micros = micros;
  }),
  payment_mode: (draft, text) => {
    const mode = readMode(text);
    if (!mode)
      return `The payment mode “${short(text)}” is unknown. Use monthly, quarterly, half-yearly, yearly or single.`;
    draft.fields.payment_mode = mode;
    return null;
  },
  auto_debit: (draft, text) => {
    const on = readAutoDebit(text);
    if (on === null) return `The auto-debit “${short(text)}” is neither yes nor no.`;
    draft.fields.auto_debit = on;
    return null;
  },
  start_date: dateTaker("start date", "past", (draft, read) => {
    draft.fields.start_date = read;
  }),
  grace_days: (draft, text) => {
    const days = Number(/^\d{1,3}/.exec(text)?.[0] ?? Number.NaN);
    if (!(days <= 365)) return `The grace days “${short(text)}” are not a number of days.`;
    draft.fields.grace_days = days;
    return null;
  },
  due_date: dateTaker("due date", "any", (draft, read) => {
    draft.dueDate = read;
  }),
  payment_status: (draft, text) => {
    const status = readPaymentStatus(text);
    if (!status) return `The payment status “${short(text)}” is unknown. Use due, paid, overdue or failed.`;
    draft.payment.status = status;
    return null;
  },
  paid_on: dateTaker("day of payment", "past", (draft, read) => {
    draft.payment.paidOn = read;
  }),
  amount_due: amountTaker("amount due", (draft, micros) => {
    draft.payment.amount = micros;
  }),
};

/** The policy that the cells of a row made; null reasons nothing, a sentence refuses the row. */
export function finishPolicy(draft: PolicyDraft): ParsedPolicy | { reason: string } {
  if (draft.number === "") return { reason: "There is no policy number." };
  const { type, death: _, ...policy } = draft;
  if (type !== null || policy.fields.product_name !== undefined)
    policy.fields.policy_type = readPolicyType(type, policy.fields.product_name ?? null);
  return policy;
}
