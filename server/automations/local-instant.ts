import { sql } from "drizzle-orm";
import { Temporal } from "temporal-polyfill";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";

/** A local day and time of the workspace as an instant. An hour that a change of clocks skips comes an hour later. */
export async function localInstant(
  tx: Transaction,
  ctx: Context,
  { day, time }: { day: string; time: string },
): Promise<Date> {
  const [row] = await tx.execute<{ zone: string }>(
    sql`select time_zone as zone from workspaces where id = ${ctx.workspaceId}`,
  );
  const zoned = Temporal.PlainDate.from(day).toZonedDateTime({
    timeZone: row?.zone ?? "UTC",
    plainTime: time,
  });
  return new Date(zoned.epochMilliseconds);
}
