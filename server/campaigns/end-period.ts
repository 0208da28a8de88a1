import { and, eq, inArray } from "drizzle-orm";
import { campaigns } from "@/db/schema/campaigns";
import { withTransaction } from "@/db/transaction";
import { enqueue } from "@/server/jobs/enqueue";
import { recordAudit } from "@/server/platform/audit";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { dayIn } from "@/server/platform/days";
import { AppError } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { dueOf, zonesOf } from "./next-due";
import { ownWorkspace } from "./snapshot";
import { campaignTopics, moveCampaign, oneCampaign } from "./transition";

/**
 * Ends a campaign after the last day of its period: what has not gone by then is not sent. On each customer's own clock that
 * is when the day has ended for the last of the audience. Does nothing before, or when the period was moved meanwhile.
 * Returns whether it ended now.
 */
export function endPeriod(ctx: Context, { id }: { id: string }): Promise<boolean> {
  return withTransaction(ctx, async (tx) => {
    const [row] = await tx
      .select()
      .from(campaigns)
      .where(and(oneCampaign(ctx, id), inArray(campaigns.status, ["active", "paused"])))
      .for("update");
    const { timeZone } = await ownWorkspace(tx, ctx);
    if (!row?.endsOn) return false;
    const { endsOn } = row;
    const now = await readClock(tx);
    if (endsOn >= dayIn(timeZone, now)) return false;
    const zones = await unlessBroken(() => zonesOf(tx, ctx, row, timeZone));
    if (zones.some((zone) => endsOn >= dayIn(zone, now))) return false;
    await moveCampaign(tx, ctx, {
      id,
      verb: "cancel",
      set: {
        ...dueOf(null),
        failure: `Its period ended on ${endsOn}. What had not gone by then was not sent.`,
      },
      only: eq(campaigns.endsOn, endsOn),
    });
    await recordAudit(tx, ctx, {
      action: "campaign.cancelled",
      subjectType: "campaign",
      subjectId: id,
      before: { status: row.status },
      after: { status: "cancelled", endsOn },
    });
    await bumpTopics(tx, ctx, ...campaignTopics(id));
    await enqueue(tx, ctx, "campaign/cancelled", { campaignId: id }, `${id}:cancel`);
    return true;
  });
}

/** An audience of which nobody can say where it lives ends with the workspace's day. */
async function unlessBroken(zones: () => Promise<string[]>): Promise<string[]> {
  try {
    return await zones();
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}
