import { Card } from "@/components/ui/card";
import { StatusBadge } from "@/components/ui/status-badge";
import type { Tone } from "@/components/ui/tone";
import { metricLabels } from "@/server/callbacks/content";
import type { CallbackDetail } from "@/server/callbacks/get";
import { formatDuration } from "@/server/platform/format";
import { shortInstant } from "./callback-due";

type Clock = CallbackDetail["clocks"][number];

const pauseWords: Record<string, string> = {
  customer_asked_for_later: "the customer asked for later",
  waiting_on_customer: "waiting for the customer",
  outside_dial_window: "outside of the legal hours",
};

const order = ["promise", "first_attempt", "first_contact", "resolution"];

/** Every clock of the request: what is due, why then, and stretch by stretch what was counted. */
export function ClocksCard({ callback, zone }: { callback: CallbackDetail; zone: string }) {
  const clocks = callback.clocks.toSorted(
    (one, other) => other.cycle - one.cycle || order.indexOf(one.metric) - order.indexOf(other.metric),
  );
  return (
    <Card title="Clocks">
      <ul className="flex flex-col divide-y divide-line">
        {clocks.map((clock) => (
          <li key={`${clock.metric} ${clock.cycle}`} className="py-2.5 first:pt-0 last:pb-0">
            <ClockLines clock={clock} zone={zone} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function ClockLines({ clock, zone }: { clock: Clock; zone: string }) {
  const { tone, label } = stateOf(clock, zone);
  const hours = clock.calendarName ? `the hours of “${clock.calendarName}”` : "the clock";
  return (
    <>
      <p className="flex items-center justify-between gap-3 text-sm">
        <span className="font-medium">{metricLabels[clock.metric]}</span>
        <StatusBadge tone={tone} label={label} />
      </p>
      <p className="mt-1 text-muted text-xs">
        {formatDuration(clock.target / 1_000)} by {hours}, from {shortInstant(clock.startedAt, zone)}
        {clock.policyName &&
          ` · ${clock.policyName}${clock.policyVersion ? `, version ${clock.policyVersion}` : ""}`}
      </p>
      {clock.stretches.length > 0 && (
        <details className="mt-1 text-xs">
          <summary className="w-fit cursor-pointer rounded-sm text-accent-ink">
            {formatDuration(clock.elapsed / 1_000)} counted
          </summary>
          <ul className="mt-1 flex flex-col gap-0.5 text-muted">
            {clock.stretches.map((stretch) => (
              <li key={stretch.from} className="flex justify-between gap-3 tabular-nums">
                <span>
                  {shortInstant(stretch.from, zone)} – {stretch.to ? shortInstant(stretch.to, zone) : "now"}
                  {stretch.state === "paused" &&
                    `, ${pauseWords[stretch.pauseReason ?? ""] ?? "stood still"}`}
                </span>
                <span>{formatDuration(stretch.counted / 1_000)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** The share of the time from which a clock wants attention, as policies warn by default (`sla.md`). */
const WARNS_FROM = 0.75;

function stateOf(clock: Clock, zone: string): { tone: Tone; label: string } {
  if (clock.breachedAt) return { tone: "danger", label: `Missed at ${shortInstant(clock.breachedAt, zone)}` };
  if (clock.status === "stopped") return { tone: "good", label: "Kept" };
  if (clock.status === "waiting")
    return { tone: "information", label: `Begins ${shortInstant(clock.startedAt, zone)}` };
  if (clock.status === "paused")
    return {
      tone: "neutral",
      label: clock.wakesAt ? `On at ${shortInstant(clock.wakesAt, zone)}` : "Stands still",
    };
  const used = clock.elapsed / clock.target;
  const tone = used > 1 ? "danger" : used >= WARNS_FROM ? "attention" : "good";
  return { tone, label: clock.dueAt ? `Due ${shortInstant(clock.dueAt, zone)}` : "Runs" };
}
