/** Every state of a run as the inspector shows it. Queued: not started yet. Waiting: for a time, an event or another run. */
export const runStates = ["queued", "running", "waiting", "completed", "failed", "cancelled"] as const;
export type RunState = (typeof runStates)[number];

/** How a state reads, and which of the four meanings colours it. */
export const runStateLabels = {
  queued: { label: "Queued", tone: "neutral" },
  running: { label: "Running", tone: "information" },
  waiting: { label: "Waiting", tone: "information" },
  completed: { label: "Completed", tone: "good" },
  failed: { label: "Failed", tone: "danger" },
  cancelled: { label: "Cancelled", tone: "neutral" },
} as const satisfies Record<RunState, { label: string; tone: "neutral" | "information" | "good" | "danger" }>;

type Act = { from: readonly RunState[]; refusal: string };

/** What an administrator may do with a run, and from which states. */
export const runActs = {
  retry: { from: ["failed", "cancelled"], refusal: "Only a failed or cancelled run can be tried again." },
  cancel: {
    from: ["queued", "running", "waiting"],
    refusal: "This run has ended already, so there is nothing to cancel.",
  },
} as const satisfies Record<string, Act>;
export type RunAct = keyof typeof runActs;

export const mayAct = (act: RunAct, state: RunState): boolean =>
  (runActs[act].from as readonly RunState[]).includes(state);

/** Periods of the list's filter, in hours back from now. The engine keeps ended runs for two weeks. */
export const runPeriods = {
  "1": "Last hour",
  "24": "Last 24 hours",
  "72": "Last 3 days",
  "168": "Last 7 days",
} as const;
export type RunPeriod = keyof typeof runPeriods;
export const runPeriodKeys = ["1", "24", "72", "168"] as const satisfies readonly RunPeriod[];

/** `campaign-run` → "Campaign run". A name in words stays as it is. */
export function functionLabel(name: string): string {
  const words = name.includes(" ")
    ? name.replace(/^[\w-]+/, (id) => id.replaceAll("-", " "))
    : name.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
