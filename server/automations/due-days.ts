import { Temporal } from "temporal-polyfill";
import { LATEST_HOURS } from "./status";

/** A local day whose hour has come in a zone. `key` is the zone as customers carry it, `""` for none; null: everybody's. */
export type DueDay = { key: string | null; zone: string; day: string; at: string };

/** A zone as customers carry it, and the one that is meant: the workspace's, where theirs is none. */
export type ZoneKey = { key: string | null; zone: string };

const HOUR_MS = 3_600_000;

/**
 * The local days whose hour lies after `since` and not after `until`. An hour that a change of clocks skips comes an hour
 * later, one that comes twice counts the first time (Temporal's `compatible` rule): each zone has each day once.
 */
export function dueDays(
  zones: readonly ZoneKey[],
  { time, since, until }: { time: string; since: Date; until: Date },
): DueDay[] {
  return zones.flatMap(({ key, zone }) => {
    const days: DueDay[] = [];
    const last = localDay(until, zone).add({ days: 1 });
    for (
      let day = localDay(since, zone).subtract({ days: 1 });
      Temporal.PlainDate.compare(day, last) <= 0;
      day = day.add({ days: 1 })
    ) {
      const at = hourOf(day, time, zone);
      if (at > since.getTime() && at <= until.getTime())
        days.push({ key, zone, day: day.toString(), at: new Date(at).toISOString() });
    }
    return days;
  });
}

const localDay = (at: Date, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate();

const hourOf = (day: Temporal.PlainDate, time: string, zone: string): number =>
  day.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;

/**
 * Since when days are looked at, and how many are given up: what was missed by more than a day, because the product was off,
 * is not made up for.
 */
export function lookBack(
  zones: readonly ZoneKey[],
  { time, lookedUntil, now }: { time: string; lookedUntil: Date; now: Date },
): { since: Date; skipped: number } {
  const earliest = new Date(now.getTime() - LATEST_HOURS * HOUR_MS);
  if (lookedUntil >= earliest) return { since: lookedUntil, skipped: 0 };
  const missed = dueDays(zones, { time, since: lookedUntil, until: earliest });
  return { since: earliest, skipped: new Set(missed.map(({ day }) => day)).size };
}
