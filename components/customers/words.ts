import type { Tone } from "@/components/ui/tone";

/** `half_yearly` → "half yearly". */
export const spelled = (key: string): string => key.replaceAll("_", " ");

/** `policy_purchased` → "Policy purchased". */
export const sentence = (key: string): string => {
  const text = spelled(key);
  return text.charAt(0).toUpperCase() + text.slice(1);
};

export type Look = { label: string; tone: Exclude<Tone, "accent"> };

const policyTones: Record<string, Look["tone"]> = {
  in_force: "good",
  in_grace: "attention",
  lapsed: "danger",
  surrendered: "neutral",
};
export const policyLook = (status: string): Look => ({
  label: sentence(status),
  tone: policyTones[status] ?? "neutral",
});

const paymentTones: Record<string, Look["tone"]> = {
  paid: "good",
  due: "information",
  overdue: "attention",
  failed: "danger",
};
export const paymentLook = (status: string): Look => ({
  label: sentence(status),
  tone: paymentTones[status] ?? "neutral",
});
