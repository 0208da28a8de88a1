import { clockTime, minutesOf } from "@/server/sending-rules/status";
import type { Calendar, Shift } from "@/server/sla/schemas";

export const dayNames = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;

/** "09:30-13:00, 14:00-18:30" for typing; empty for a day without hours. */
export const shiftsText = (shifts: readonly Shift[]): string =>
  shifts.map(({ opens, closes }) => `${clockTime(opens)}-${clockTime(closes)}`).join(", ");

/** What was typed as shifts, in order; null for what is none. A shift that ends before it begins ends on the next day. */
export function parseShifts(text: string): Shift[] | null {
  if (text.trim() === "") return [];
  const shifts = text.split(",").map((part) => {
    const [from = "", to = "", ...more] = part.split(/[-–]|\bto\b/);
    const [opens, closes] = [minutesOf(from), minutesOf(to)];
    if (opens === null || closes === null || opens === 1_440 || more.length > 0) return null;
    return { opens, closes };
  });
  return shifts.every((shift) => shift !== null) ? shifts : null;
}

const shiftsWords = (shifts: readonly Shift[]): string =>
  shifts.length === 0
    ? "closed"
    : shifts.map(({ opens, closes }) => `${clockTime(opens)}–${clockTime(closes)}`).join(" and ");

/** "Mon to Sat 09:30–18:30, Sun closed" */
export function weekWords({ alwaysOpen, week }: Calendar): string {
  if (alwaysOpen) return "Open at all times";
  const runs: { from: number; to: number; words: string }[] = [];
  week.forEach((shifts, day) => {
    const words = shiftsWords(shifts);
    const last = runs.at(-1);
    if (last?.words === words) last.to = day;
    else runs.push({ from: day, to: day, words });
  });
  const short = (day: number) => (dayNames[day] ?? "").slice(0, 3);
  return runs
    .map(({ from, to, words }) => `${from === to ? short(from) : `${short(from)} to ${short(to)}`} ${words}`)
    .join(", ");
}

/** "15 min", "2 h", "1 day 4 h" */
export function minutesWords(minutes: number): string {
  const [days, hours, rest] = [Math.floor(minutes / 1_440), Math.floor((minutes % 1_440) / 60), minutes % 60];
  const parts = [
    days > 0 ? `${days} ${days === 1 ? "day" : "days"}` : "",
    hours > 0 ? `${hours} h` : "",
    rest > 0 ? `${rest} min` : "",
  ];
  return parts.filter(Boolean).join(" ") || "0 min";
}
