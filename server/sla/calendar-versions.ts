import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { type Calendar, calendarSchema } from "./schemas";

export type CalendarKey = { calendarId: string; calendarVersion: number };

/** A version never changes, so it is read once in the life of a process. */
const known = new Map<string, Calendar>();
const MOST_KNOWN = 2_000;

const nameOf = ({ calendarId, calendarVersion }: CalendarKey): string => `${calendarId} ${calendarVersion}`;

/** The calendars of these versions, in one query at most. @throws Error for a version that is not there */
export async function loadCalendars(
  tx: Transaction,
  keys: readonly CalendarKey[],
): Promise<(key: CalendarKey) => Calendar> {
  const missing = keys.filter((key) => !known.has(nameOf(key)));
  if (missing.length > 0) {
    if (known.size > MOST_KNOWN) known.clear();
    const ids = sql.param(missing.map((key) => key.calendarId));
    const versions = sql.param(missing.map((key) => key.calendarVersion));
    const rows = await tx.execute<CalendarKey & { definition: unknown }>(sql`
      select calendar_id as "calendarId", version as "calendarVersion", definition from calendar_versions
      where (calendar_id, version) in (select * from unnest(${ids}::uuid[], ${versions}::int[]))`);
    for (const { definition, ...key } of rows) known.set(nameOf(key), calendarSchema.parse(definition));
  }
  return (key) => {
    const calendar = known.get(nameOf(key));
    if (!calendar)
      throw new Error(`there is no version ${key.calendarVersion} of calendar ${key.calendarId}`);
    return calendar;
  };
}
