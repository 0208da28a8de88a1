import type { Role } from "@/server/platform/context";

/** Who may change sending rules. */
export const rulesEditors = ["admin"] as const;

/** Who may read them: those who look at campaigns. */
export const rulesReaders = ["admin", "marketer", "supervisor"] as const;

/** Who may stop all sending at once, and let it go on. */
export const stopEditors = ["admin", "marketer"] as const;

/** Minutes of a day as `HH:MM`; 1440 is 24:00. */
export const clockTime = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** `HH:MM` as minutes of a day; null for anything else. */
export function minutesOf(time: string): number | null {
  const match = /^(\d{1,2}):(\d{2})$/.exec(time.trim());
  if (!match) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2])];
  const total = hours * 60 + minutes;
  return minutes < 60 && total <= 1_440 ? total : null;
}

export const mayReadRules = (role: Role): boolean => rulesReaders.some((reader) => reader === role);

export const mayStopSending = (role: Role): boolean => stopEditors.some((stopper) => stopper === role);
