import { addDays, addMonths } from "@/server/platform/days";

export const policyStatuses = [
  "in_force",
  "in_grace",
  "lapsed",
  "paid_up",
  "surrendered",
  "matured",
] as const;
export type PolicyStatus = (typeof policyStatuses)[number];
export const policyStatusLabels = {
  in_force: "In force",
  in_grace: "In grace",
  lapsed: "Lapsed",
  paid_up: "Paid up",
  surrendered: "Surrendered",
  matured: "Matured",
} as const satisfies Record<PolicyStatus, string>;

/** States that somebody decided: no date brings them about, and none ends them. */
export const decidedStatuses = ["paid_up", "surrendered", "matured"] as const;
export type DecidedStatus = (typeof decidedStatuses)[number];
export const isDecided = (status: string): status is DecidedStatus =>
  decidedStatuses.some((decided) => decided === status);

export const paymentStatuses = ["due", "paid", "overdue", "failed"] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];
export const paymentStatusLabels = {
  due: "Due",
  paid: "Paid",
  overdue: "Overdue",
  failed: "Failed",
} as const satisfies Record<PaymentStatus, string>;

export const paymentModes = ["monthly", "quarterly", "half_yearly", "yearly", "single"] as const;
export type PaymentMode = (typeof paymentModes)[number];
export const paymentModeLabels = {
  monthly: "Monthly",
  quarterly: "Quarterly",
  half_yearly: "Half-yearly",
  yearly: "Yearly",
  single: "Single premium",
} as const satisfies Record<PaymentMode, string>;

/** Months between two payments; a single premium has none. */
export const monthsBetweenPayments = {
  monthly: 1,
  quarterly: 3,
  half_yearly: 6,
  yearly: 12,
  single: 0,
} as const satisfies Record<PaymentMode, number>;

/**
 * Days after the due date in which the cover stands, where the contract says nothing: 15 for monthly, else 30 (IRDAI).
 */
export const usualGraceDays = (mode: PaymentMode): number => (mode === "monthly" ? 15 : 30);

/**
 * What the dates make of a policy on `today`, the day in the workspace's zone (`dayIn`). The one home of the rule:
 * - a decided state (paid up, surrendered, matured) stays;
 * - without an unpaid due date it is in force;
 * - on the due date and before it is in force; up to and with the last day of grace it is in grace; from the midnight
 *   after that it has lapsed.
 *
 * @param policy.dueDate the earliest due date that is not paid (`YYYY-MM-DD`), or the next renewal when all is paid
 */
export function policyStatusOn(
  policy: { status: string; dueDate: string | null; graceDays: number },
  today: string,
): PolicyStatus {
  if (isDecided(policy.status)) return policy.status;
  if (policy.dueDate === null || today <= policy.dueDate) return "in_force";
  return today <= addDays(policy.dueDate, policy.graceDays) ? "in_grace" : "lapsed";
}

/**
 * What the dates make of a payment on `today`: one that nobody paid is overdue from the midnight after its due date.
 * `paid` and `failed` (a debit that bounced) were said by somebody and stay.
 */
export const paymentStatusOn = (
  payment: { status: PaymentStatus; dueDate: string },
  today: string,
): PaymentStatus =>
  payment.status === "paid" || payment.status === "failed"
    ? payment.status
    : today > payment.dueDate
      ? "overdue"
      : "due";

/**
 * The first due date after `day`, counted from the start of the policy and not from the payment before: a policy of
 * 29 February is due on 28 February, and on the 29th again in a leap year. Null for a single premium.
 */
export function nextDueDate(policy: { startDate: string; mode: PaymentMode }, day: string): string | null {
  const months = monthsBetweenPayments[policy.mode];
  if (months === 0) return null;
  const [fromYear = 0, fromMonth = 0] = policy.startDate.split("-").map(Number);
  const [year = 0, month = 0] = day.split("-").map(Number);
  const passed = (year - fromYear) * 12 + month - fromMonth;
  // One period earlier than the calendar months say, since the day of the month may not have come yet.
  for (let nth = Math.max(1, Math.floor(passed / months) - 1); ; nth++) {
    const due = addMonths(policy.startDate, nth * months);
    if (due > day) return due;
  }
}

/** How recent what is known of premium payments is: unknown before the first file, stale after a day. */
export type PaymentsAge = {
  asOf: string | null;
  hours: number | null;
  state: "unknown" | "fresh" | "stale";
};
