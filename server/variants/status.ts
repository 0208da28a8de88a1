import type { AbTest } from "@/server/campaigns/content";

/** `open`: looked at, or waiting for a person; `undecided`: its time is over without a winner, and nobody waited for one. */
export type TestState = "open" | "chosen" | "undecided";

/** What made the choice: the sequential test, the end of its time, a person. */
export type ChosenHow = "test" | "time" | "hand";

/** Customers whom a variant reached, and of them those who did what is measured; when they were counted. */
export type Evidence = { arms: { n: number; x: number }[]; metric: AbTest["metric"] };

/** Days for which a test that nobody waits for is looked at. */
export const DAYS_LOOKED_AT = 14;

export const metricLabels = {
  clicked: {
    label: "Clicks",
    rate: "click-through rate",
    hint: "Unique customers who clicked, of those delivered to",
  },
  replied: { label: "Replies", rate: "response rate", hint: "Customers who replied, of those delivered to" },
  converted: {
    label: "Conversions",
    rate: "conversion rate",
    hint: "Customers who reached the goal inside its window, of those delivered to",
  },
  opened: {
    label: "Opens",
    rate: "open rate",
    hint: "Never chooses by itself: mail programs open messages too",
  },
} as const satisfies Record<AbTest["metric"], { label: string; rate: string; hint: string }>;

export const variedLabels = {
  subject: { label: "Subject", hint: "The same mail under other subjects" },
  body: { label: "Message", hint: "Other words on every channel" },
  channel: { label: "Channel", hint: "The same words by another channel first" },
} as const satisfies Record<AbTest["varies"], { label: string; hint: string }>;

/** "A" for the first. */
export const variantName = (nth: number): string => "ABCDE"[nth] ?? String(nth + 1);
