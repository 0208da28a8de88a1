import { and, inArray, lte } from "drizzle-orm";
import { campaigns } from "@/db/schema/campaigns";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { clockNow, readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { beginRun } from "./begin-run";
import { dropDue, endRecurring, holdBack } from "./leave-schedule";
import { dueOf, nextDue, slotThatCame } from "./next-due";
import { refuseUnsendable, type Sendable } from "./refuse-unsendable";
import { requireApproval } from "./reviews";
import type { Slot } from "./schedule-dates";
import { ownWorkspace } from "./snapshot";
import { type CampaignRow, campaignTopics, moveCampaign, oneCampaign } from "./transition";

/** A time that was missed by more than this is not made up for. */
const LATEST_MS = 24 * 60 * 60_000;

export type DueOutcome = "launched" | "skipped" | "dropped" | "held_back" | "ended" | "not_due";

/**
 * Launches a campaign whose time has come: the only run of one that was to be sent later, or the slot of a recurring one, each
 * slot once. Missed times (the product was off): of several only the last goes, and none that is more than a day late; then a
 * single campaign is a draft again and its owner is told, a recurring one waits for its next time. A slot that would reach
 * nobody is left out.
 */
export function launchDue(ctx: Context, { id }: { id: string }): Promise<DueOutcome> {
  return withTransaction(ctx, async (tx) => {
    const [campaign] = await tx
      .select()
      .from(campaigns)
      .where(
        and(
          oneCampaign(ctx, id),
          inArray(campaigns.status, ["scheduled", "active"]),
          lte(campaigns.dueAt, clockNow),
        ),
      )
      .for("update");
    if (!campaign) return "not_due";
    const { timeZone, approvalRequired } = await ownWorkspace(tx, ctx);
    const now = await readClock(tx);
    try {
      return await launchOrPass(tx, ctx, { campaign, zone: timeZone, now, approvalRequired });
    } catch (error) {
      // Also when nobody can say when it is next: a segment of its audience broke.
      if (!(error instanceof AppError)) throw error;
      return campaign.status === "active"
        ? holdBack(tx, ctx, { campaign, sentence: error.message })
        : dropDue(tx, ctx, { campaign, sentence: `It was not sent at its time. ${error.message}` });
    }
  });
}

type Due = { campaign: CampaignRow; zone: string; now: Date };

async function launchOrPass(
  tx: Transaction,
  ctx: Context,
  { approvalRequired, ...due }: Due & { approvalRequired: boolean },
): Promise<DueOutcome> {
  const slot = await slotThatCame(tx, ctx, due);
  if (!slot || due.now.getTime() - slot.at.getTime() > LATEST_MS)
    return passOver(tx, ctx, { ...due, why: "late" });
  requireApproval(approvalRequired, due.campaign);
  const sendable = await sendableOrNobody(tx, ctx, due.campaign);
  return sendable === null
    ? passOver(tx, ctx, { ...due, why: "nobody" })
    : launchSlot(tx, ctx, { ...due, slot, sendable });
}

async function sendableOrNobody(
  tx: Transaction,
  ctx: Context,
  campaign: CampaignRow,
): Promise<Sendable | null> {
  try {
    return await refuseUnsendable(tx, ctx, campaign, { due: true });
  } catch (error) {
    if (error instanceof AppError && error.details.code === "nobody") return null;
    throw error;
  }
}

async function launchSlot(
  tx: Transaction,
  ctx: Context,
  { campaign, zone, now, slot, sendable }: Due & { slot: Slot; sendable: Sendable },
): Promise<DueOutcome> {
  const { id, schedule, version } = campaign;
  const key = schedule.kind === "recurring" ? slot.key : "launch";
  const own = schedule.kind !== "now" && schedule.clock === "recipient";
  const runNumber = await beginRun(tx, ctx, { campaign, sendable, slot: key, sendAt: own ? slot.key : null });
  const next =
    schedule.kind === "recurring"
      ? await nextDue(tx, ctx, { campaign, zone, after: now, past: slot.key })
      : null;
  const due = dueOf(next);
  if (campaign.status === "scheduled")
    await moveCampaign(tx, ctx, {
      id,
      verb: "launchDue",
      set: { launchedAt: clockNow, ...due, failure: null },
    });
  else
    await tx
      .update(campaigns)
      .set({ ...due, updatedAt: clockNow })
      .where(oneCampaign(ctx, id));
  if (runNumber === null) return "skipped";
  await recordAudit(tx, ctx, {
    action: "campaign.launched",
    subjectType: "campaign",
    subjectId: id,
    before: { status: campaign.status },
    after: { status: "active", version, runNumber, slot: key },
  });
  await bumpTopics(tx, ctx, ...campaignTopics(id));
  return "launched";
}

const missed =
  "It was not sent: its time was missed by more than a day, because the product was not running. Choose another time.";
const empty = "It was not sent at its time: it would have reached nobody.";

/** A time that is let pass: a recurring campaign waits for the next one. */
async function passOver(
  tx: Transaction,
  ctx: Context,
  { campaign, zone, now, why }: Due & { why: "late" | "nobody" },
): Promise<DueOutcome> {
  const sentence = why === "late" ? missed : empty;
  if (campaign.schedule.kind !== "recurring") return dropDue(tx, ctx, { campaign, sentence });
  const next = await nextDue(tx, ctx, { campaign, zone, after: now, past: campaign.dueSlot });
  if (!next)
    return campaign.status === "active"
      ? endRecurring(tx, ctx, campaign)
      : dropDue(tx, ctx, { campaign, sentence });
  await tx
    .update(campaigns)
    .set({ ...dueOf(next), updatedAt: clockNow })
    .where(oneCampaign(ctx, campaign.id));
  await recordAudit(tx, ctx, {
    action: "campaign.slot_skipped",
    subjectType: "campaign",
    subjectId: campaign.id,
    after: { why, dueAt: next.at.toISOString() },
  });
  await bumpTopics(tx, ctx, ...campaignTopics(campaign.id));
  return "skipped";
}
