import type { PaymentMode, PolicyStatus } from "@/server/policies/status";
import type { ParsedPolicy } from "./parse-policy";

/** A policy as the database has it. Amounts are micro-units as text, days `YYYY-MM-DD`. */
export type KnownPolicy = {
  id: string;
  customerId: string;
  number: string;
  policyType: string;
  productName: string;
  status: PolicyStatus;
  premium: string;
  sumAssured: string | null;
  currency: string;
  paymentMode: PaymentMode;
  autoDebit: boolean;
  startDate: string | null;
  renewalDate: string | null;
  graceDays: number;
};

/** What an earlier row of the file said of a policy. */
export type PolicyClaim = { policyNumber: string | null; dueDate: string | null };

type Entry = {
  customerId: string;
  known: KnownPolicy | null;
  rows: { rowNumber: number; dueDate: string | null }[];
};

/** Which policies exist, and which rows of the file have spoken of them. */
export function makePolicyPool(
  known: KnownPolicy[],
  claims: ({ rowNumber: number; customerId: string } & PolicyClaim)[],
) {
  const entries = new Map<string, Entry>();
  for (const policy of known)
    entries.set(policy.number, { customerId: policy.customerId, known: policy, rows: [] });
  const claim = (
    policy: { number: string; dueDate: string | null },
    by: { rowNumber: number; customerId: string },
  ) => {
    const entry = entries.get(policy.number) ?? { customerId: by.customerId, known: null, rows: [] };
    entry.rows.push({ rowNumber: by.rowNumber, dueDate: policy.dueDate });
    entries.set(policy.number, { ...entry, customerId: by.customerId });
  };
  for (const { policyNumber, dueDate, ...by } of claims)
    if (policyNumber !== null) claim({ number: policyNumber, dueDate }, by);
  return {
    claim,
    ownerOf: (number: string): string | null => entries.get(number)?.customerId ?? null,
    earlierRow: (number: string): number | null => entries.get(number)?.rows[0]?.rowNumber ?? null,
    /** Why the row's policy cannot be taken; null when it can. */
    problem: (policy: ParsedPolicy): string | null => {
      const entry = entries.get(policy.number);
      return entry?.rows.length ? repetition(policy, entry.rows) : entry ? null : missing(policy);
    },
  };
}
export type PolicyPool = ReturnType<typeof makePolicyPool>;

/** A policy may stand in several rows, one for each instalment, the earliest first. */
function repetition(policy: ParsedPolicy, rows: Entry["rows"]): string | null {
  const same = rows.find((row) => policy.dueDate === null || row.dueDate === policy.dueDate);
  if (same) return `The policy number repeats row ${same.rowNumber} of this file.`;
  const later = rows.find(
    (row) => row.dueDate !== null && policy.dueDate !== null && row.dueDate > policy.dueDate,
  );
  return later
    ? `Row ${later.rowNumber} of this file names a later due date of this policy. Sort the file by due date and upload it again.`
    : null;
}

function missing({ fields }: ParsedPolicy): string | null {
  if (fields.premium_micros === undefined) return "This policy is new here, and the row has no premium.";
  return fields.payment_mode === undefined
    ? "This policy is new here, and the row has no payment mode."
    : null;
}
