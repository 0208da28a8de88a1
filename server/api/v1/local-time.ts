import { Temporal } from "temporal-polyfill";

/** The day and the minute that an instant is on a zone's clock. */
export function localOf(instant: string, zone: string): { day: string; time: string } {
  const at = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  return { day: at.toPlainDate().toString(), time: at.toPlainTime().toString({ smallestUnit: "minute" }) };
}

/** The instant at which it is that day and minute in a zone, as ISO text. */
export const instantOf = (day: string, time: string, zone: string): string =>
  Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone).toInstant().toString();
