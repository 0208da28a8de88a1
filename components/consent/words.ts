import type { Tone } from "@/components/ui/tone";
import type { Standing } from "@/server/consent/get-customer-consent";
import type { ConsentEntry } from "@/server/consent/list-changes";
import { contactChannelLabels, purposeLabels, sourceLabel } from "@/server/consent/status";

/** How a standing reads, and which meaning colours it. */
export const standingLooks = {
  granted: { label: "Allowed", tone: "good" },
  withdrawn: { label: "Withdrawn", tone: "attention" },
  contract: { label: "By contract", tone: "information" },
  none: { label: "Never given", tone: "neutral" },
} as const satisfies Record<Standing["state"], { label: string; tone: Tone }>;

export const actionLooks = {
  granted: { label: "Allowed", tone: "good" },
  withdrawn: { label: "Withdrawn", tone: "attention" },
} as const satisfies Record<ConsentEntry["action"], { label: string; tone: Tone }>;

/** “Promotion by E-mail”. */
export const aboutWords = ({ channel, purpose }: Pick<ConsentEntry, "channel" | "purpose">): string =>
  `${purposeLabels[purpose]}, ${contactChannelLabels[channel]}`;

/** Who said it, or wrote it down. */
export const byWords = (entry: ConsentEntry): string => {
  if (entry.actorKind === "customer") return "The customer";
  if (entry.actorKind === "user") return entry.actorName ?? "Somebody who left";
  return entry.actorKind === "api_key" ? "A system" : "Ringback";
};

/** Where it was said, and what proves it. */
export function proofWords(entry: ConsentEntry): string {
  const { reference, ...rest } = entry.evidence;
  const found = typeof reference === "string" ? reference : null;
  const rule = typeof rest.rule === "string" ? `rule ${rest.rule.replaceAll("_", " ")}` : null;
  return [sourceLabel(entry.source), found, rule].filter((part) => part !== null).join(" · ");
}
