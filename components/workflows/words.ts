import { formatDuration, nothing } from "@/server/platform/format";
import type { RunDetail } from "@/server/workflows/get-run";
import { functionLabel } from "@/server/workflows/status";
import type { RunSubject } from "@/server/workflows/subjects";

export type KnownFunctions = readonly { id: string; name: string }[];

/** What people call a function; one that is no longer known is called by its id. */
export const functionWords = (functions: KnownFunctions, id: string): string =>
  functionLabel(functions.find((each) => each.id === id)?.name ?? id.replace(/^[^-]+-/, ""));

const nouns = { campaign: "Campaign", import: "Import", customer: "Customer" } as const;
const screens = { campaign: "/campaigns", import: "/customers/imports", customer: "/customers" } as const;

/** What a run is about: its name, or its kind and the end of its id when it is gone. */
export const subjectWords = ({ kind, id, name }: RunSubject): string =>
  name || `${nouns[kind]} …${id.slice(-6)}`;

/** The screen of what a run is about; null when it is gone. */
export const subjectHref = ({ kind, id, name }: RunSubject): string | null =>
  name === null ? null : `${screens[kind]}/${id}`;

/** The time between two instants: "85 ms", "4.2 s", "3 min"; "–" while it goes on. */
export function tookWords(from: Date | null, to: Date | null): string {
  if (!from || !to) return nothing;
  const ms = Math.max(0, to.getTime() - from.getTime());
  if (ms < 1000) return `${ms} ms`;
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : formatDuration(ms / 1000);
}

type Step = RunDetail["steps"][number];

const kinds: Record<string, string> = {
  Sleep: "Sleep",
  WaitForEvent: "Wait for an event",
  InvokeFunction: "Other function",
};

/** What kind of step it is, and how often it was tried when once was not enough. */
export function stepWords({ op, attempts }: Step): string {
  const kind = kinds[op];
  return [kind, attempts > 1 ? `${attempts} attempts` : null].filter(Boolean).join(" · ");
}
