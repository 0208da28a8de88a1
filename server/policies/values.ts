import type { z } from "zod";
import { AppError } from "@/server/platform/errors";
import { parseMoney } from "@/server/platform/money";
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

/** Waits for a write; a number that another policy has becomes a sentence. @throws AppError CONFLICT */
export async function refuseTakenNumber<T>(write: PromiseLike<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    const { code, constraint_name: key } =
      (error as { cause?: { code?: string; constraint_name?: string } }).cause ?? {};
    if (code !== "23505") throw error;
    throw key === "policies_number_key"
      ? new AppError("CONFLICT", "Another policy has this number already.", { field: "policyNumber" })
      : new AppError("CONFLICT", "This policy has a payment due on that day already.", { field: "dueDate" });
  }
}
