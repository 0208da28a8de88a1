import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { runContentSchema } from "@/server/campaigns/content";
import type { CampaignStatus } from "@/server/campaigns/status";
import type { Context } from "@/server/platform/context";
import type { ChosenHow, Evidence, TestState } from "./status";

type Row = {
  runNumber: number;
  campaignId: string;
  ownerId: string;
  campaignStatus: CampaignStatus;
  state: TestState;
  assigned: number[];
  restSize: number;
  /** Text: instants of raw statements come so. */
  until: string | null;
  over: boolean;
  chosen: number | null;
  chosenHow: ChosenHow | null;
  chosenBy: string | null;
  chosenAt: string | null;
  reason: string;
  evidence: Evidence | null;
  restBegunAt: string | null;
  content: unknown;
};

/**
 * The test of a run, or of the latest run of a campaign that has one, with the content that it tries; null without one.
 * `lock`: whoever changes it waits. An advisor finds those of own campaigns, like the campaigns themselves.
 */
export async function findTest(
  tx: Transaction,
  ctx: Context,
  of: { campaignId: string } | { runNumber: number },
  { lock = false } = {},
) {
  const [row] = await tx.execute<Row>(sql`
    select t.run_number::int as "runNumber", t.campaign_id as "campaignId", c.owner_id as "ownerId",
      c.status as "campaignStatus", t.state, t.assigned, t.rest_size as "restSize", to_json(t.until) #>> '{}' as until,
      coalesce(t.until <= clock_now(), false) as over, t.chosen, t.chosen_how as "chosenHow", u.name as "chosenBy",
      to_json(t.chosen_at) #>> '{}' as "chosenAt", t.reason, t.evidence, to_json(t.rest_begun_at) #>> '{}' as "restBegunAt",
      r.content
    from run_tests t join campaigns c on c.id = t.campaign_id join campaign_runs r on r.number = t.run_number
    left join users u on u.id = t.chosen_by
    where t.workspace_id = ${ctx.workspaceId}
      and ${"runNumber" in of ? sql`t.run_number = ${of.runNumber}` : sql`t.campaign_id = ${of.campaignId}`}
      and (${ctx.role !== "advisor" || ctx.isApprover} or c.owner_id = ${ctx.userId})
    order by t.run_number desc limit 1 ${lock ? sql`for update of t` : sql``}`);
  return row ? { ...row, content: runContentSchema.parse(row.content) } : null;
}
export type FoundTest = NonNullable<Awaited<ReturnType<typeof findTest>>>;
