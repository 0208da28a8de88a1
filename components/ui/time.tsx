"use client";

import { useSyncExternalStore } from "react";
import { formatDateTime, formatRelative, nothing } from "@/server/platform/format";

type TimeProps = {
  /** ISO instant; null shows "–". */
  value: string | null;
  /** IANA zone of the workspace: "Asia/Kolkata". */
  zone: string;
  /** `relative` with the exact instant on hover, or the exact instant itself. */
  show?: "relative" | "exact";
};

let minute = 0;
const listeners = new Set<() => void>();
let clock: number | undefined;

/** One clock for all times on screen, so that a table of them costs one timer and they turn together. */
function subscribe(listener: () => void) {
  listeners.add(listener);
  clock ??= window.setInterval(() => {
    minute = Date.now();
    for (const each of listeners) each();
  }, 30_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.clearInterval(clock);
    clock = undefined;
    minute = 0;
  };
}

function readClock() {
  if (minute === 0) minute = Date.now();
  return minute;
}

/** An instant for reading: "3 minutes ago", and "12 Nov 2026, 14:05 IST" on hover. */
export function Time({ value, zone, show = "relative" }: TimeProps) {
  const now = useSyncExternalStore(subscribe, readClock, () => 0);
  if (!value) return <>{nothing}</>;
  const exact = formatDateTime(value, zone, true);
  // The server does not know when the page is read, so it writes the exact instant.
  const text = show === "exact" || now === 0 ? formatDateTime(value, zone) : formatRelative(value, now, zone);
  return (
    <time dateTime={value} title={exact} className="whitespace-nowrap">
      {text}
    </time>
  );
}
