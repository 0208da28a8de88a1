import { eq, sql } from "drizzle-orm";
import { campaignChecks, campaigns } from "@/db/schema/campaigns";
import { type Transaction, withTransaction } from "@/db/transaction";
import { chosenAudience, heldOut, variantOf } from "@/server/deliveries";
import { enqueue } from "@/server/jobs/enqueue";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { ownerOf } from "./create";
import { judgeCheck } from "./judge-check";
import { findProblems } from "./refuse-unsendable";
import { ownWorkspace, snapshotOf } from "./snapshot";
import { campaignTopics, oneCampaign, requireVerb } from "./transition";

/** So many are asked about at once; more are asked about in the background. */
const AT_ONCE = 2_000;

/**
 * Asks the sender's own rules about everybody whom the saved draft would be sent to, with nothing sent: in the order of the
 * send, shared addresses and the hold-out left out as the launch would. A large audience is asked about in the background; a
 * new check takes the place of the last one. @throws AppError BAD_INPUT with the `tab` and `field` that must be mended first;
 * FORBIDDEN; NOT_FOUND
 */
export async function startCheck(ctx: Context, { id }: { id: string }): Promise<{ checkId: string }> {
  requireVerb(ctx, "update");
  const check = await withTransaction(ctx, async (tx) => {
    const [found] = await tx
      .select()
      .from(campaigns)
      .where(oneCampaign(ctx, id, "update"))
      .for("update");
    const campaign = required(found, "campaign");
    const workspace = await ownWorkspace(tx, ctx);
    const content = await snapshotOf(tx, ctx, campaign, workspace);
    const [problem] = await findProblems(tx, ctx, { campaign, snapshot: content, zone: workspace.timeZone });
    if (problem) throw new AppError("BAD_INPUT", problem.message, { tab: problem.tab, field: problem.field });
    await tx.delete(campaignChecks).where(eq(campaignChecks.campaignId, campaign.id));
    const checkId = newId();
    await tx.insert(campaignChecks).values({
      id: checkId,
      workspaceId: ctx.workspaceId,
      campaignId: campaign.id,
      version: campaign.version,
      total: 0,
      startedBy: ownerOf(ctx),
    });
    const rows = await chosenAudience(tx, ctx, {
      campaignId: campaign.id,
      audience: campaign.audience,
      content,
    });
    const holdOut = heldOut({ campaignId: campaign.id, holdOut: campaign.holdOut });
    const variant = variantOf(campaign.id, sql`a.id`, content);
    const size = await writeCustomers(tx, ctx, { checkId, rows, holdOut, variant });
    if (size > AT_ONCE) await enqueue(tx, ctx, "campaign/check.requested", { checkId }, checkId);
    await bumpTopics(tx, ctx, ...campaignTopics(id));
    return { checkId, size };
  });
  if (check.size <= AT_ONCE) while (!(await judgeCheck(ctx, check)).finished);
  return { checkId: check.checkId };
}

type Writing = Record<"rows" | "holdOut" | "variant", ReturnType<typeof sql>> & { checkId: string };

/** One row for each customer, in the order in which the launch numbers them; returns how many there are to ask about. */
async function writeCustomers(
  tx: Transaction,
  ctx: Context,
  { checkId, rows, holdOut, variant }: Writing,
): Promise<number> {
  const [counts] = await tx.execute<{ total: number; held: number }>(sql`
    with chosen as (select a.id, a.channel, ${holdOut} as held, ${variant} as variant from (${rows}) a),
    written as (
      insert into campaign_check_customers (check_id, place, workspace_id, customer_id, channel, variant)
      select ${checkId}::uuid, row_number() over (order by variant is null, channel, id), ${ctx.workspaceId}::uuid, id, channel,
        variant
      from chosen where not held returning 1)
    select (select count(*)::int from written) as total, (select count(*)::int from chosen where held) as held`);
  const { total, held } = required(counts, "check");
  await tx.update(campaignChecks).set({ total, heldOut: held }).where(eq(campaignChecks.id, checkId));
  return total;
}
