/** Where somebody who entered an automation is. */
export const entryStatuses = {
  inside: { label: "Inside", tone: "information" },
  finished: { label: "Finished", tone: "good" },
  left: { label: "Left early", tone: "neutral" },
  failed: { label: "Failed", tone: "danger" },
} as const satisfies Record<string, { label: string; tone: string }>;
export type EntryStatus = keyof typeof entryStatuses;

/** What came of a step that somebody has behind them, in the words of their journey. */
export const stepOutcomes = {
  waited: "The wait ended",
  happened: "It happened",
  not_happened: "It did not happen in time",
  held: "It was so, they went on",
  skipped: "It was not so, the next step was left out",
  left: "It was not so, they left",
  sent: "The message was written",
  shared: "Somebody else with the same address was sent it",
  set: "The attribute was set",
  unchanged: "The attribute had this value",
  callback: "The call was asked for",
  merged: "A call was asked for already",
  no_phone: "No phone number to call",
  told: "The owner was told",
  ended: "The sequence ended",
} as const satisfies Record<string, string>;
export type StepOutcome = keyof typeof stepOutcomes;

/** Hours after which something that was told late, or missed because the product was off, starts nothing any more. */
export const LATEST_HOURS = 24;

/** What may be assumed of a customer who is played through; each is what the rules would be told. */
export const happenings = {
  opens: "Opens a message",
  clicks: "Clicks a link",
  replies: "Replies",
  pays: "Pays",
  opts_out: "Opts out",
  converts: "Reaches the goal",
  event: "Something else happens",
} as const satisfies Record<string, string>;
export type Happening = keyof typeof happenings;
