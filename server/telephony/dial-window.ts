import { Temporal } from "temporal-polyfill";
import windows from "./call_windows.json";
import type { CallPurpose } from "./status";

/** Hours of one day, in minutes after local midnight, `[from, to)`. */
type Hours = readonly (readonly [number, number])[];
/** The hours in which people of a country may be called, by ISO day (1: Monday). */
export type DialWindow = { country: string; days: Readonly<Record<number, Hours>> };

type Row = {
  j: string;
  channel?: string;
  start?: string | null;
  end?: string | null;
  legal_start?: string;
  legal_end?: string;
  days?: number[];
  windows?: string[][];
};

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const rows = windows.rows as Row[];

/** The law's and the product's hours for calls, of `call_windows.json` (delivery.md, “Default hours”). */
function readWindow(country: string, purpose: CallPurpose): DialWindow | null {
  const row = rows.find(({ j, channel }) => j === country && channel?.includes("voice"));
  if (!row?.days) return null;
  const requested = purpose === "service" && row.legal_start !== undefined && row.legal_end !== undefined;
  const spans = requested
    ? [[row.legal_start ?? "", row.legal_end ?? ""]]
    : (row.windows ?? (row.start && row.end ? [[row.start, row.end]] : null));
  if (spans === null) return null;
  const hours: Hours = spans.map(([from = "00:00", to = "24:00"]) => [minutes(from), minutes(to)] as const);
  return { country, days: Object.fromEntries(row.days.map((day) => [day, hours])) };
}

/** The hours of a number's country; a country without hours of its own has those of the workspace's, and India's at last. */
export function dialWindowOf(countries: readonly (string | null)[], purpose: CallPurpose): DialWindow {
  for (const country of [...countries, "IN"]) {
    const found = country === null ? null : readWindow(country, purpose);
    if (found) return found;
  }
  throw new Error("call_windows.json has no hours for India");
}

const LONGEST_LOOK_DAYS = 14;

/** When a call may be made, at `at` or after: `at` itself inside the window. The closing minute is closed. */
export function dialOpensAt(window: DialWindow, at: number, zone: string): number {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const minute = local.hour * 60 + local.minute;
  for (let ahead = 0; ahead <= LONGEST_LOOK_DAYS; ahead++) {
    const day = local.toPlainDate().add({ days: ahead });
    for (const [from, to] of window.days[day.dayOfWeek] ?? []) {
      if (ahead === 0 && minute >= from && minute < to) return at;
      if (ahead === 0 && minute >= from) continue;
      const opening = { hour: Math.floor(from / 60), minute: from % 60 };
      return day.toPlainDateTime(opening).toZonedDateTime(zone, { disambiguation: "compatible" })
        .epochMilliseconds;
    }
  }
  throw new Error(`the window of ${window.country} is never open`);
}
