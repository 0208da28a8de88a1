const DAY_MS = 86_400_000;

/** Calendar arithmetic on `YYYY-MM-DD` days and instants, relative to the day of the seed. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The day `months` later, never past the 28th, so that every month has it. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, 28))).toISOString().slice(0, 10);
}

/** Noon in India on `day`, moved by a number of minutes, as an ISO instant in UTC. */
export const instantOn = (day: string, minutes = 0): string =>
  new Date(Date.parse(`${day}T06:30:00Z`) + minutes * 60_000).toISOString();

/** The same day of an earlier month end is not moved; days after the 28th become the 28th. */
export const monthSafe = (day: string): string => (day.slice(8) > "28" ? `${day.slice(0, 8)}28` : day);
