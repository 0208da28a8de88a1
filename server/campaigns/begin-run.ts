import { eq, sql } from "drizzle-orm";
import { campaignChecks, campaignRuns } from "@/db/schema/campaigns";
import type { Transaction } from "@/db/transaction";
import { listen } from "@/server/automations";
import { markSent } from "@/server/files";
import { enqueue } from "@/server/jobs/enqueue";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { runContentSchema } from "./content";
import { followedBy } from "./followed-by";
import { filesOf } from "./problems";
import type { Sendable } from "./refuse-unsendable";
import type { CampaignRow } from "./transition";

/** A version of an automation has no audience to freeze: customers enter one by one, into the shared part of its first month. */
const takesEntries = {
  live: true,
  status: "active" as const,
  part: sql<number>`shared_ledger_part(clock_now())`,
  audienceSize: 0,
  frozenAt: sql<Date>`clock_now()`,
};

/**
 * Freezes what is sent into a run of this slot and has the workflow on `campaign/launched` freeze its audience. Null when the
 * slot has its run already. An automated campaign begins to listen instead. `sendAt`: the local time before which no customer gets it.
 */
export async function beginRun(
  tx: Transaction,
  ctx: Context,
  of: { campaign: CampaignRow; sendable: Sendable; slot: string; sendAt: string | null },
): Promise<number | null> {
  const { campaign, slot, sendAt } = of;
  const { snapshot, compiled } = of.sendable;
  const { schedule } = campaign;
  const [run] = await tx
    .insert(campaignRuns)
    .values({
      id: newId(),
      workspaceId: campaign.workspaceId,
      campaignId: campaign.id,
      slot,
      content: runContentSchema.parse({ ...snapshot, ...followedBy(campaign, snapshot), sendAt }),
      ...(schedule.kind === "automated" ? takesEntries : {}),
    })
    .onConflictDoNothing({ target: [campaignRuns.campaignId, campaignRuns.slot] })
    .returning({ number: campaignRuns.number });
  if (!run) return null;
  // What would happen is over; what happens says the ledger.
  await tx.delete(campaignChecks).where(eq(campaignChecks.campaignId, campaign.id));
  const { logoFileId } = snapshot.branding;
  await markSent(tx, ctx, [...filesOf(campaign, compiled), ...(logoFileId ? [logoFileId] : [])]);
  const runNumber = run.number;
  if (schedule.kind === "automated") {
    const { id: campaignId, audience } = campaign;
    // Its versions are those that were published: "v3" is the third.
    await listen(tx, ctx, { campaignId, audience, schedule, runNumber, version: Number(slot.slice(1)) });
    return runNumber;
  }
  await enqueue(
    tx,
    ctx,
    "campaign/launched",
    { campaignId: campaign.id, runNumber },
    `${campaign.id}:${slot}`,
  );
  return runNumber;
}
