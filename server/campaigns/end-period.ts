import { and, eq, inArray } from "drizzle-orm";
import { campaigns } from "@/db/schema/campaigns";
import { withTransaction } from "@/db/transaction";
import { enqueue } from "@/server/jobs/enqueue";
import { recordAudit } from "@/server/platform/audit";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { dayIn } from "@/server/platform/days";
import { bumpTopics } from "@/server/platform/realtime";
import { dueOf } from "./next-due";
import { ownWorkspace } from "./snapshot";
import { campaignTopics, moveCampaign, oneCampaign } from "./transition";

/**
 * Ends a campaign after the last day of its period: what has not gone by then is not sent. Does nothing before, or when the
 * period was moved meanwhile. Returns whether it ended now.
 */
export function endPeriod(ctx: Context, { id }: { id: string }): Promise<boolean> {
  return withTransaction(ctx, async (tx) => {
    const [row] = await tx
      .select({ endsOn: campaigns.endsOn, status: campaigns.status })
      .from(campaigns)
      .where(and(oneCampaign(ctx, id), inArray(campaigns.status, ["active", "paused"])))
      .for("update");
    const { timeZone } = await ownWorkspace(tx, ctx);
    if (!row?.endsOn || row.endsOn >= dayIn(timeZone, await readClock(tx))) return false;
    await moveCampaign(tx, ctx, {
      id,
      verb: "cancel",
      set: {
        ...dueOf(null),
        failure: `Its period ended on ${row.endsOn}. What had not gone by then was not sent.`,
      },
      only: eq(campaigns.endsOn, row.endsOn),
    });
    await recordAudit(tx, ctx, {
      action: "campaign.cancelled",
      subjectType: "campaign",
      subjectId: id,
      before: { status: row.status },
      after: { status: "cancelled", endsOn: row.endsOn },
    });
    await bumpTopics(tx, ctx, ...campaignTopics(id));
    await enqueue(tx, ctx, "campaign/cancelled", { campaignId: id }, `${id}:cancel`);
    return true;
  });
}
