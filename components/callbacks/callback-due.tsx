"use client";

import { DueClock } from "@/components/ui/due-clock";
import { StatusBadge } from "@/components/ui/status-badge";
import { metricLabels, statusLabels } from "@/server/callbacks/content";
import type { CallbackLine } from "@/server/callbacks/lines";
import { formatDate, formatTime } from "@/server/platform/format";

type CallbackDueProps = {
  line: Pick<CallbackLine, "clock" | "status" | "notBefore" | "slotStart" | "slotEnd">;
  zone: string;
};

/** An instant as short as it can be: the time alone today, "28 Nov, 09:30" on another day. */
export function shortInstant(iso: string, zone: string): string {
  const today = formatDate(new Date().toISOString(), zone);
  const day = formatDate(iso, zone);
  return day === today ? formatTime(iso, zone) : `${day.replace(/ \d{4}$/, "")}, ${formatTime(iso, zone)}`;
}

/** The clock of a request that comes next. */
export function CallbackDue({ line, zone }: CallbackDueProps) {
  const { clock, slotStart } = line;
  if (!clock) {
    const tone = line.status === "completed" ? "good" : "neutral";
    return <StatusBadge tone={tone} label={statusLabels[line.status]} />;
  }
  if (clock.status === "waiting" && slotStart)
    return <StatusBadge tone="information" label={shortInstant(slotStart, zone)} />;
  const paused =
    clock.pauseReason === "waiting_on_customer"
      ? `Next try ${shortInstant(line.notBefore, zone)}`
      : clock.pauseReason === "customer_asked_for_later" && slotStart
        ? shortInstant(slotStart, zone)
        : "Stands still";
  return (
    <DueClock
      promise={metricLabels[clock.metric]}
      due={clock.dueAt}
      warnAt={clock.warnAt}
      paused={paused}
      zone={zone}
    />
  );
}

/** What the clock waits for, in a few words: it stands beside it. */
export function dueReason({ clock, status }: Pick<CallbackLine, "clock" | "status">): string {
  if (!clock) return "";
  if (clock.status === "waiting") return "Promised time";
  if (clock.status === "paused")
    return clock.pauseReason === "customer_asked_for_later" ? "Asked for later" : "Not reached";
  if (status === "in_progress" && clock.metric === "resolution") return "In hand";
  return metricLabels[clock.metric];
}
