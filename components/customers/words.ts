import type { Tone } from "@/components/ui/tone";
import {
  type PaymentStatus,
  type PolicyStatus,
  paymentStatusLabels,
  policyStatusLabels,
} from "@/server/policies/status";

/** `half_yearly` → "half yearly". */
export const spelled = (key: string): string => key.replaceAll("_", " ");

/** `policy_purchased` → "Policy purchased". */
export const sentence = (key: string): string => {
  const text = spelled(key);
  return text.charAt(0).toUpperCase() + text.slice(1);
};

export type Look = { label: string; tone: Exclude<Tone, "accent"> };

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
