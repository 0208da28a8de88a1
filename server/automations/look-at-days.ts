import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { isZone } from "@/server/sending-rules";
import { readCandidates } from "./candidates";
import { dateCandidates } from "./date-candidates";
import { dueDays, lookBack, type ZoneKey } from "./due-days";
import { enter } from "./enter";
import { listeningToDays } from "./listening";
import { wakeSender } from "./wake-sender";

type Row = { time: string; clock: "workspace" | "recipient"; lookedUntil: string; zone: string };

/**
 * Lets in whom the days let in whose hour has come since the last look, each day of each zone once. Of what was missed while
 * the product was off, the last 24 hours are made up for; older days are skipped and counted. Returns how many entered.
 */
export async function lookAtDays(ctx: Context, { campaignId }: { campaignId: string }): Promise<number> {
  const entered = await withTransaction(ctx, (tx) => look(tx, ctx, campaignId));
  if (entered > 0) wakeSender();
  return entered;
}

async function look(tx: Transaction, ctx: Context, campaignId: string): Promise<number> {
  const [row] = await tx.execute<Row>(sql`
    select a.time, a.clock, a.looked_until as "lookedUntil", w.time_zone as zone from automations a
    join workspaces w on w.id = a.workspace_id
    where a.campaign_id = ${campaignId} and a.workspace_id = ${ctx.workspaceId} for update of a`);
  const automation = await listeningToDays(tx, ctx, campaignId);
  if (!row || !automation) return 0;
  const now = await readClock(tx);
  const zones = await zonesOf(tx, ctx, row);
  const { since, skipped } = lookBack(zones, { time: row.time, lookedUntil: new Date(row.lookedUntil), now });
  const days = dueDays(zones, { time: row.time, since, until: now });
  // Nothing has come: the next look begins where this one did.
  if (days.length === 0 && skipped === 0) return 0;
  const candidates = await readCandidates(
    tx,
    automation.triggers.flatMap((placed) => dateCandidates(ctx, placed, days) ?? []),
  );
  const entered = await enter(tx, ctx, { automation, candidates });
  await tx.execute(sql`
    update automations set looked_until = ${now.toISOString()}::timestamptz, skipped_days = skipped_days + ${skipped}
    where campaign_id = ${campaignId}`);
  return entered;
}

/** Where its days begin: in the workspace's zone, or in each that customers carry. */
export async function zonesOf(
  tx: Transaction,
  ctx: Context,
  { clock, zone }: Pick<Row, "clock" | "zone">,
): Promise<ZoneKey[]> {
  if (clock === "workspace") return [{ key: null, zone }];
  const rows = await tx.execute<{ key: string }>(sql`
    select distinct coalesce(time_zone, '') as key from customers where workspace_id = ${ctx.workspaceId}`);
  return rows.map(({ key }) => ({ key, zone: isZone(key) ? key : zone }));
}
