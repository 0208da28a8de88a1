import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { readAttributes } from "@/server/attributes";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { dayIn } from "@/server/platform/days";
import { required } from "@/server/platform/errors";
import type { Surroundings } from "./row-plan";

/** What the workspace adds to the reading of a file: its day, zone, currency and attributes in use. */
export async function readSurroundings(tx: Transaction, ctx: Context): Promise<Surroundings> {
  const [row] = await tx.execute<{ time_zone: string; currency: string }>(
    sql`select time_zone, currency from workspaces where id = ${ctx.workspaceId}`,
  );
  const workspace = required(row, "workspace");
  return {
    today: dayIn(workspace.time_zone, await readClock(tx)),
    timeZone: workspace.time_zone,
    currency: workspace.currency,
    attributes: (await readAttributes(tx, ctx)).filter((definition) => !definition.archived),
  };
}
