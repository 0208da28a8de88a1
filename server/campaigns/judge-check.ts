import { and, eq, sql } from "drizzle-orm";
import { campaigns } from "@/db/schema/campaigns";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { Channel } from "@/server/channels/status";
import { type JudgedCustomer, judgeCustomers } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import type { RunContent } from "./content";
import { ownWorkspace, snapshotOf } from "./snapshot";
import { campaignTopics } from "./transition";

const AT_ONCE = 1_000;

/** In these a campaign is still to be sent; later a check says nothing any more. */
const unsent = ["draft", "in_review", "scheduled"] as const;

type Part = {
  campaignId: string;
  content: RunContent;
  channel: Channel;
  budgetLeft: bigint | null;
  budgetUsedUp: boolean;
  customers: { place: number; customerId: string; variant: number }[];
};

/**
 * Asks about the next customers of a check, at most a thousand of one channel; safe to repeat. Finished: there are none left,
 * or it was cancelled, or the campaign was changed, launched or cancelled meanwhile.
 */
export async function judgeCheck(
  ctx: Context,
  { checkId }: { checkId: string },
): Promise<{ finished: boolean }> {
  const part = await withTransaction(ctx, (tx) => nextPart(tx, ctx, checkId));
  if (part === null) return { finished: true };
  const judged = part.customers.length === 0 ? [] : await judgeCustomers(ctx, part);
  return withTransaction(ctx, async (tx) => {
    const finished = await writeVerdicts(tx, checkId, judged);
    await bumpTopics(tx, ctx, ...campaignTopics(part.campaignId));
    return { finished };
  });
}

async function nextPart(tx: Transaction, ctx: Context, checkId: string): Promise<Part | null> {
  const [check] = await tx.execute<{ campaignId: string; version: number; judged: number; cost: string }>(sql`
    select campaign_id as "campaignId", version, judged, cost_micros::text as cost from campaign_checks
    where id = ${checkId} and workspace_id = ${ctx.workspaceId} and status = 'running'`);
  if (!check) return null;
  const [found] = await tx
    .select()
    .from(campaigns)
    .where(and(eq(campaigns.workspaceId, ctx.workspaceId), eq(campaigns.id, check.campaignId)));
  const campaign = required(found, "campaign");
  if (campaign.version !== check.version || !unsent.some((status) => status === campaign.status)) {
    await tx.execute(sql`
      update campaign_checks set status = 'cancelled', finished_at = clock_now() where id = ${checkId}`);
    return null;
  }
  // They are asked about in the order of their places, so what is judged lies behind.
  const rows = await tx.execute<{ place: number; customerId: string; variant: number; channel: Channel }>(sql`
    select place, customer_id as "customerId", coalesce(variant, 0)::int as variant, channel from campaign_check_customers
    where check_id = ${checkId} and place > ${check.judged} and verdict is null order by place limit ${AT_ONCE}`);
  const channel = rows[0]?.channel ?? "email";
  const [over] = await tx.execute(sql`
    select from campaign_check_customers where check_id = ${checkId} and verdict = 'waits' and reason = 'over_budget' and until is null limit 1`);
  return {
    campaignId: campaign.id,
    content: await snapshotOf(tx, ctx, campaign, await ownWorkspace(tx, ctx)),
    channel,
    budgetLeft: campaign.budget === null ? null : campaign.budget - BigInt(check.cost),
    budgetUsedUp: over !== undefined,
    customers: rows.filter((row) => row.channel === channel),
  };
}

/** Whether the check is finished with these. */
async function writeVerdicts(tx: Transaction, checkId: string, judged: JudgedCustomer[]): Promise<boolean> {
  const column = <T>(of: (each: JudgedCustomer) => T) => sql.param(judged.map(of));
  // The check's row first: whoever repeats this waits, and then finds nothing left to write.
  const [check] = await tx.execute<{ total: number }>(sql`
    select total from campaign_checks where id = ${checkId} and status = 'running' for update`);
  if (!check) return true;
  const written = await tx.execute<{ cost: string }>(sql`
    update campaign_check_customers c set verdict = v.verdict, reason = v.reason, detail = v.saw, until = v.until::timestamptz
    from unnest(${column((each) => each.place)}::int[], ${column((each) => each.verdict)}::text[],
      ${column((each) => each.reason)}::text[], ${column((each) => each.saw)}::text[],
      ${column((each) => each.until?.toISOString() ?? null)}::text[],
      ${column((each) => each.cost.toString())}::text[]) as v(place, verdict, reason, saw, until, cost)
    where c.check_id = ${checkId} and c.place = v.place and c.verdict is null returning v.cost`);
  const cost = written.reduce((sum, row) => sum + BigInt(row.cost), 0n);
  const [after] = await tx.execute<{ status: string }>(sql`
    update campaign_checks set judged = judged + ${written.length}, cost_micros = cost_micros + ${cost.toString()}::bigint,
      status = case when judged + ${written.length} >= total then 'done' else status end,
      finished_at = case when judged + ${written.length} >= total then clock_now() end
    where id = ${checkId} returning status`);
  return after?.status !== "running";
}
