import type { Board } from "@/server/floor/board";
import { formulas, SERVICE_LEVEL_TARGET } from "@/server/floor/status";
import { formatCount, formatDuration, formatPercent, nothing } from "@/server/platform/format";

export const presenceLabels = {
  available: "Available",
  on_call: "On a call",
  wrap_up: "Wrap-up",
  break: "Break",
  offline: "Offline",
} as const;

/** "212 of 240" behind a rate. */
export const ofWords = (part: number, whole: number): string =>
  `${formatCount(part)} of ${formatCount(whole)}`;

export const level = (met: number, decided: number): number | null => (decided === 0 ? null : met / decided);

/** A level below the aim wants a person. */
export const isLow = (share: number | null): boolean => share !== null && share < SERVICE_LEVEL_TARGET;

/** The figures of today as they are shown: value, what it was counted from, the formula, and where its rows are. */
export function todayFigures({ today, lastHour, occupancy, availableSeconds, at, zone }: Board) {
  const { of } = today;
  // "2026-11-27", in the zone that days begin in.
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(new Date(at));
  const missed = `/floor/reports?show=breaches&from=${day}&until=${day}`;
  const byAgent = `/floor/reports?by=agent&from=${day}&until=${day}`;
  const completed = "/callbacks?tab=closed&today=1";
  const seconds = (value: number | null) => (value === null ? null : formatDuration(Math.round(value)));
  const rate = (value: number | null) => (value === null ? null : formatPercent(value));
  return [
    {
      label: "Service level, last hour",
      href: missed,
      value: rate(level(lastHour.met, lastHour.decided)),
      basis: `${ofWords(lastHour.met, lastHour.decided)}. ${formulas.serviceLevel}`,
    },
    {
      label: "Service level, today",
      href: missed,
      value: rate(today.serviceLevel),
      basis: `${ofWords(of.attemptMet, of.attemptDecided)}. ${formulas.serviceLevel}`,
    },
    {
      label: "Talked to in time",
      href: missed,
      value: rate(today.contactLevel),
      basis: `${ofWords(of.contactMet, of.contactDecided)}. ${formulas.contactLevel}`,
    },
    {
      label: "ASA",
      href: completed,
      value: seconds(today.asa),
      basis: `Mean of ${formatCount(of.connected)}; median ${seconds(today.waitMedian) ?? nothing}, nine of ten within ${seconds(today.waitP90) ?? nothing}. ${formulas.asa}`,
    },
    {
      label: "AHT",
      href: completed,
      value: seconds(today.aht),
      basis: `${formatCount(of.connects)} calls, ${formatCount(of.selfReported)} of them self-reported. ${formulas.aht}`,
    },
    {
      label: "Abandonment",
      href: "/callbacks?tab=closed&status=cancelled",
      value: rate(today.abandonment),
      basis: `${ofWords(of.abandoned, of.offered)}. ${formulas.abandonment}`,
    },
    {
      label: "Connect rate",
      href: byAgent,
      value: rate(today.connectRate),
      basis: `${ofWords(of.connects, of.attempts)}. ${formulas.connectRate}`,
    },
    {
      label: "Occupancy",
      href: byAgent,
      value: rate(occupancy),
      basis: `${formatDuration(of.handleSeconds)} of work, ${formatDuration(Math.round(availableSeconds))} available. ${formulas.occupancy}`,
    },
    {
      label: "Satisfaction",
      href: completed,
      value: today.satisfaction === null ? null : formatCount(today.satisfaction, 2),
      basis: `${formatCount(of.answers)} answers. ${formulas.satisfaction}`,
    },
  ];
}
