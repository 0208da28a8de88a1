import type { Tone } from "@/components/ui/tone";
import { formatMoney } from "@/server/platform/format";
import { policyTypeLabels } from "@/server/policies/schemas";
import {
  type PaymentStatus,
  type PolicyStatus,
  paymentStatusLabels,
  policyStatusLabels,
} from "@/server/policies/status";

type Look = { label: string; tone: Exclude<Tone, "accent"> };

const policyTones = {
  in_force: "good",
  in_grace: "attention",
  lapsed: "danger",
  paid_up: "neutral",
  surrendered: "neutral",
  matured: "neutral",
} as const satisfies Record<PolicyStatus, Tone>;
export const policyLook = (status: PolicyStatus): Look => ({
  label: policyStatusLabels[status],
  tone: policyTones[status],
});

const paymentTones = {
  paid: "good",
  due: "information",
  overdue: "attention",
  failed: "danger",
} as const satisfies Record<PaymentStatus, Tone>;
export const paymentLook = (status: PaymentStatus): Look => ({
  label: paymentStatusLabels[status],
  tone: paymentTones[status],
});

/** Paise are shown where there are some. */
export const money = (micros: string, currency: string): string =>
  formatMoney(micros, currency, BigInt(micros) % 1_000_000n === 0n ? 0 : 2);

/** A kind of insurance; one that came with a file is shown as it is. */
export const policyTypeLabel = (type: string): string =>
  policyTypeLabels[type] ?? type.charAt(0).toUpperCase() + type.slice(1).replaceAll("_", " ");
