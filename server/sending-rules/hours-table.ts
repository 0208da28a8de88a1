import type { Sql } from "postgres";
import type { Hours } from "./hours";
import type { HoursKey } from "./schemas";

export type HoursRow = HoursKey & Hours & { basis: string; own: boolean };

/**
 * All hours that count for a workspace: the product's, and in place of them the workspace's own wherever it has any for a
 * country, channel and purpose. Read in the workspace's transaction.
 */
export async function readHours(sql: Sql, workspaceId: string): Promise<HoursRow[]> {
  const rows = await sql<HoursRow[]>`
    select country, channel, purpose, valid_from::text as "validFrom", from_minute as "fromMinute",
      to_minute as "toMinute", days, basis, true as own
    from sending_windows where workspace_id = ${workspaceId}
    union all
    select d.country, d.channel, d.purpose, d.valid_from::text, d.from_minute, d.to_minute, d.days, d.basis, false
    from default_sending_windows d
    where not exists (select from sending_windows w where w.workspace_id = ${workspaceId} and w.country = d.country
      and w.channel = d.channel and w.purpose = d.purpose)
    order by country, channel, purpose, "validFrom"`;
  return [...rows];
}

/** Finds the hours of a recipient: those of the own country, else of the workspace's, else none. */
export class HoursTable {
  readonly #hours = new Map<string, Hours[]>();
  readonly #countries = new Set<string>();

  constructor(
    rows: readonly HoursRow[],
    private readonly home: string,
  ) {
    for (const row of rows) {
      const key = `${row.country} ${row.channel} ${row.purpose}`;
      this.#hours.set(key, [...(this.#hours.get(key) ?? []), row]);
      this.#countries.add(row.country);
    }
  }

  of(country: string | null, channel: HoursKey["channel"], purpose: HoursKey["purpose"]) {
    const place = country !== null && this.#countries.has(country) ? country : this.home;
    return { country: place, hours: this.#hours.get(`${place} ${channel} ${purpose}`) ?? [] };
  }
}
