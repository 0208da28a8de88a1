import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { isZone } from "@/server/sending-rules";
import { audienceOf } from "./audience";
import { type Asked, type Slot, slotsAfter } from "./schedule-dates";
import type { Schedule } from "./schemas";
import type { CampaignRow } from "./transition";

type Scheduled = Pick<CampaignRow, "schedule" | "audience" | "startsOn" | "endsOn">;

/** The next time after an instant at which the campaign is to launch, or null when none is left. */
export async function nextDue(
  tx: Transaction,
  ctx: Context,
  { campaign, zone, after }: { campaign: Scheduled & { id?: string }; zone: string; after: Date },
): Promise<Slot | null> {
  const [next] = await slots(tx, ctx, { campaign, zone, after, most: 1 });
  return next ?? null;
}

/** The next times of a schedule, not more than a limit of runs leaves. */
export async function slots(
  tx: Transaction,
  ctx: Context,
  of: { campaign: Scheduled & { id?: string }; zone: string; after: Date; most: number },
): Promise<Slot[]> {
  const { schedule } = of.campaign;
  const left = await runsLeft(tx, ctx, of.campaign);
  const asked: Asked = { ...of.campaign, zone: of.zone, zones: await zonesOf(tx, ctx, of.campaign, of.zone) };
  return slotsAfter(schedule, of.after, { ...asked, most: Math.min(of.most, left) });
}

async function runsLeft(
  tx: Transaction,
  ctx: Context,
  { id, schedule }: { id?: string; schedule: Schedule },
): Promise<number> {
  if (schedule.kind !== "recurring" || schedule.times === null) return Number.MAX_SAFE_INTEGER;
  if (id === undefined) return schedule.times;
  const [row] = await tx.execute<{ runs: number }>(sql`
    select count(*)::int as runs from campaign_runs where campaign_id = ${id} and workspace_id = ${ctx.workspaceId}`);
  return Math.max(0, schedule.times - (row?.runs ?? 0));
}

/** Where the customers of the audience live, for a time that is read on each one's own clock. */
async function zonesOf(tx: Transaction, ctx: Context, campaign: Scheduled, zone: string): Promise<string[]> {
  if (campaign.schedule.kind === "now" || campaign.schedule.clock === "workspace") return [];
  const rows = await tx.execute<{ zone: string | null }>(sql`
    select distinct time_zone as zone from customers where ${await audienceOf(tx, ctx, campaign.audience)}`);
  const zones = rows.map((row) => (row.zone !== null && isZone(row.zone) ? row.zone : zone));
  return [...new Set(zones)];
}
