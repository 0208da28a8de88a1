"use client";

import { useSyncExternalStore } from "react";
import { formatDateTime, formatDuration } from "@/server/platform/format";
import { StatusBadge } from "./status-badge";
import type { Tone } from "./tone";

type DueClockProps = {
  /** What has to happen: "First attempt". */
  promise: string;
  /** ISO instant; null while the clock stands still. */
  due: string | null;
  /** From here on it wants attention: the policy's warning, in business time. */
  warnAt?: string | null;
  /** Why it stands still: "Asked for later". */
  paused?: string;
  /** IANA zone of the workspace. */
  zone: string;
};

let second = 0;
const listeners = new Set<() => void>();
let clock: number | undefined;

/** One timer for all clocks on screen, so that they turn together. */
function subscribe(listener: () => void) {
  listeners.add(listener);
  clock ??= window.setInterval(() => {
    second = Date.now();
    for (const each of listeners) each();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.clearInterval(clock);
    clock = undefined;
    second = 0;
  };
}

function readClock() {
  if (second === 0) second = Date.now();
  return second;
}

/**
 * How long there is for what was promised, counted down on screen. It shows what the server decided and decides nothing:
 * whether a promise was kept is read from the clock's own row.
 */
export function DueClock({ promise, due, warnAt = null, paused, zone }: DueClockProps) {
  const now = useSyncExternalStore(subscribe, readClock, () => 0);
  if (due === null) return <StatusBadge tone="neutral" label={paused ?? "Waits"} />;
  const exact = `${promise} by ${formatDateTime(due, zone, true)}`;
  return (
    <time dateTime={due} title={exact} className="tabular-nums">
      <StatusBadge {...lookAt(now, Date.parse(due), warnAt, formatDateTime(due, zone))} />
    </time>
  );
}

function lookAt(
  now: number,
  due: number,
  warnAt: string | null,
  exact: string,
): { tone: Tone; label: string } {
  // The server does not know when the page is read, so it writes the instant itself.
  if (now === 0) return { tone: "neutral", label: exact };
  const left = Math.round((due - now) / 1_000);
  if (left < 0) return { tone: "danger", label: `${calmly(-left)} over` };
  const tone = warnAt !== null && now >= Date.parse(warnAt) ? "attention" : "good";
  return { tone, label: `${calmly(left)} left` };
}

/** Seconds only where they matter: a screen full of running seconds has no rest. */
function calmly(seconds: number): string {
  return formatDuration(seconds < 120 ? seconds : Math.floor(seconds / 60) * 60);
}
