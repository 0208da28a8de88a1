import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { isZone } from "@/server/sending-rules";
import { audienceOf } from "./audience";
import { type Asked, type Slot, slotsAfter } from "./schedule-dates";
import type { Schedule } from "./schemas";
import type { CampaignRow } from "./transition";

type Scheduled = Pick<CampaignRow, "schedule" | "audience" | "startsOn" | "endsOn">;

/** What the row keeps of the slot that is to come; null: none is. */
export const dueOf = (slot: Slot | null) => ({ dueAt: slot?.at ?? null, dueSlot: slot?.key ?? null });

/** More slots than a schedule has between a launch and the longest time that the product may be off. */
const MOST_MISSED = 400;

/**
 * The slot that is to launch now: the one that the row promises, or the last of those that have come after it. Which local
 * time was promised is not asked again of today's zones: a customer further east would have it in the past. Null when no run
 * is left.
 */
export async function slotThatCame(
  tx: Transaction,
  ctx: Context,
  { campaign, zone, now }: { campaign: CampaignRow; zone: string; now: Date },
): Promise<Slot | null> {
  const { dueAt, dueSlot, schedule } = campaign;
  if (dueAt === null || dueSlot === null) return null;
  if (schedule.kind !== "recurring") return { key: dueSlot, at: dueAt };
  if ((await runsLeft(tx, ctx, campaign)) === 0) return null;
  // However few runs are left: a limit counts what went, not what was missed.
  const asked = await askedOf(tx, ctx, { campaign, zone, past: dueSlot });
  const later = slotsAfter(schedule, dueAt, { ...asked, most: MOST_MISSED });
  return later.filter(({ at }) => at <= now).at(-1) ?? { key: dueSlot, at: dueAt };
}

/** The next time after an instant, and after a slot, at which the campaign is to launch, or null when none is left. */
export async function nextDue(
  tx: Transaction,
  ctx: Context,
  of: { campaign: Scheduled & { id?: string }; zone: string; after: Date; past?: string | null },
): Promise<Slot | null> {
  const [next] = await slots(tx, ctx, { ...of, most: 1 });
  return next ?? null;
}

/** The next times of a schedule, not more than a limit of runs leaves. */
export async function slots(
  tx: Transaction,
  ctx: Context,
  of: {
    campaign: Scheduled & { id?: string };
    zone: string;
    after: Date;
    past?: string | null;
    most: number;
  },
): Promise<Slot[]> {
  const left = await runsLeft(tx, ctx, of.campaign);
  const asked = await askedOf(tx, ctx, of);
  return slotsAfter(of.campaign.schedule, of.after, { ...asked, most: Math.min(of.most, left) });
}

async function askedOf(
  tx: Transaction,
  ctx: Context,
  { campaign, zone, past }: { campaign: Scheduled; zone: string; past?: string | null },
): Promise<Asked> {
  const { startsOn, endsOn } = campaign;
  return {
    startsOn,
    endsOn,
    past: past ?? undefined,
    zone,
    zones: await zonesOf(tx, ctx, campaign, zone),
  };
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
export async function zonesOf(
  tx: Transaction,
  ctx: Context,
  campaign: Scheduled,
  zone: string,
): Promise<string[]> {
  if (campaign.schedule.kind === "now" || campaign.schedule.clock === "workspace") return [];
  const rows = await tx.execute<{ zone: string | null }>(sql`
    select distinct time_zone as zone from customers where ${await audienceOf(tx, ctx, campaign.audience)}`);
  const zones = rows.map((row) => (row.zone !== null && isZone(row.zone) ? row.zone : zone));
  return [...new Set(zones)];
}
