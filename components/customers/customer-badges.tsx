import { Badge } from "@/components/ui/badge";
import { StatusBadge } from "@/components/ui/status-badge";
import type { Tone } from "@/components/ui/tone";
import { type StopState, stopStateLabels, type Tier, tierLabels } from "@/server/customers/schemas";

const tierTones = {
  platinum: "accent",
  gold: "attention",
  silver: "neutral",
  bronze: "neutral",
} as const satisfies Record<Tier, Tone>;

export function TierBadge({ tier }: { tier: Tier }) {
  return <Badge tone={tierTones[tier]}>{tierLabels[tier]}</Badge>;
}

/** Why promotion is stopped; nothing when it is not. */
export function StopBadge({ state }: { state: StopState | null }) {
  return state && <StatusBadge tone="attention" label={stopStateLabels[state]} />;
}
