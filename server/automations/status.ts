/** Where somebody who entered an automation is. */
export const entryStatuses = {
  inside: { label: "Inside", tone: "information" },
  finished: { label: "Finished", tone: "good" },
  left: { label: "Left early", tone: "neutral" },
  failed: { label: "Failed", tone: "danger" },
} as const satisfies Record<string, { label: string; tone: string }>;
export type EntryStatus = keyof typeof entryStatuses;

/** Hours after which something that was told late, or missed because the product was off, starts nothing any more. */
export const LATEST_HOURS = 24;
