import type { z } from "zod";
import { AppError } from "@/server/platform/errors";
import { parseMoney } from "@/server/platform/money";
import { refusingTaken } from "@/server/platform/taken";
import type { policyFields } from "./schemas";

type Parsed = z.infer<typeof policyFields>;

/** The columns that the written fields fill; the state is left to the dates. */
export function columnsOf({ decided: _, premium, sumAssured, ...rest }: Partial<Parsed>) {
  return {
    ...rest,
    ...(premium !== undefined && { premium: requireAmount(premium) }),
    ...(sumAssured !== undefined && { sumAssured: sumAssured === null ? null : requireAmount(sumAssured) }),
  };
}

/** The schema let it through, so it is an amount. */
export function requireAmount(text: string): bigint {
  const amount = parseMoney(text);
  if (amount === null) throw new AppError("BAD_INPUT", "Give an amount, such as 12,500.");
  return amount;
}

/** Values as the history keeps them: exact amounts as text. */
export const told = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      field,
      typeof value === "bigint" ? value.toString() : value instanceof Date ? value.toISOString() : value,
    ]),
  );

/** What of `next` differs from `now`; null when nothing does. */
export function differences<Row extends Record<string, unknown>>(
  now: Row,
  next: Partial<Row>,
): { before: Record<string, unknown>; after: Record<string, unknown> } | null {
  const [before, after] = [told(now), told(next)];
  const changed = Object.keys(after).filter((field) => before[field] !== after[field]);
  if (changed.length === 0) return null;
  return {
    before: Object.fromEntries(changed.map((field) => [field, before[field] ?? null])),
    after: Object.fromEntries(changed.map((field) => [field, after[field]])),
  };
}

/** Waits for a write; a number or a due date that stands already becomes a sentence. @throws AppError CONFLICT */
export const refuseTaken = <T>(write: PromiseLike<T>): Promise<T> =>
  refusingTaken(
    {
      policies_number_key: { message: "Another policy has this number already.", field: "policyNumber" },
      premium_payments_policy_due_key: {
        message: "This policy has a payment due on that day already.",
        field: "dueDate",
      },
    },
    write,
  );
