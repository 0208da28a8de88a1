import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { addDays, daysBetween } from "@/server/platform/days";
import { AppError, required } from "@/server/platform/errors";

/** Instants `[from, to)` as ISO text, and the zone that days begin in. */
export type Period = { from: string; to: string; zone: string };

const MOST_DAYS = 400;
const USUAL_DAYS = 7;

/** Today in the workspace's zone, up to now. */
export async function today(tx: Transaction, ctx: Context): Promise<Period & { now: string }> {
  const [row] = await tx.execute<{ from: string; now: string; zone: string }>(sql`
    select to_json(date_trunc('day', clock_now(), time_zone)) #>> '{}' as from, to_json(clock_now()) #>> '{}' as now,
      time_zone as zone
    from workspaces where id = ${ctx.workspaceId}`);
  const { from, now, zone } = required(row, "workspace");
  return { from, to: now, now, zone };
}

/**
 * The instants of whole days in the workspace's zone, both days included; the last seven where none are given.
 * @throws AppError BAD_INPUT for days that are in the wrong order, or too many
 */
export async function periodOf(
  tx: Transaction,
  ctx: Context,
  given: { from?: string | null; until?: string | null },
): Promise<Period & { days: { from: string; until: string } }> {
  const [row] = await tx.execute<{ today: string; zone: string }>(sql`
    select (clock_now() at time zone time_zone)::date::text as today, time_zone as zone
    from workspaces where id = ${ctx.workspaceId}`);
  const { today: now, zone } = required(row, "workspace");
  const until = given.until ?? now;
  const from = given.from ?? addDays(until, 1 - USUAL_DAYS);
  const days = daysBetween(from, until);
  if (days < 0)
    throw new AppError("BAD_INPUT", "The last day is before the first. Choose them again.", {
      field: "until",
    });
  if (!(days < MOST_DAYS))
    throw new AppError("BAD_INPUT", `Choose at most ${MOST_DAYS} days at once.`, { field: "from" });
  const [instants] = await tx.execute<{ from: string; to: string }>(sql`
    select to_json(${from}::date::timestamp at time zone ${zone}) #>> '{}' as from,
      to_json((${until}::date + 1)::timestamp at time zone ${zone}) #>> '{}' as to`);
  return { ...required(instants, "period"), zone, days: { from, until } };
}
