import type { Calendar, Shift } from "../schemas";

/** "09:30-13" → a shift in minutes; "24" is the next midnight. */
export function shift(text: string): Shift {
  const [opens, closes] = text.split("-").map((time) => {
    const [hours = 0, minutes = 0] = time.split(":").map(Number);
    return hours * 60 + minutes;
  });
  if (opens === undefined || closes === undefined) throw new Error(`not a shift: ${text}`);
  return { opens, closes };
}

/** A calendar of the same shifts on the weekdays 1 (Monday) to `last`. */
export function calendarOf(zone: string, last: number, ...shifts: string[]): Calendar {
  const day = shifts.map(shift);
  return {
    zone,
    alwaysOpen: false,
    week: [1, 2, 3, 4, 5, 6, 7].map((weekday) => (weekday <= last ? day : [])),
    exceptions: [],
  };
}

export const always = (zone: string): Calendar => ({
  zone,
  alwaysOpen: true,
  week: [[], [], [], [], [], [], []],
  exceptions: [],
});

export const holiday = (calendar: Calendar, date: string, ...shifts: string[]): Calendar => ({
  ...calendar,
  exceptions: [
    ...calendar.exceptions,
    { date, name: "Holiday", shifts: shifts.map((text) => shift(text)), active: true },
  ],
});
