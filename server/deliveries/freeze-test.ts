import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { RunContent } from "@/server/campaigns/content";
import type { Context } from "@/server/platform/context";
import { DAYS_LOOKED_AT } from "@/server/variants/status";
import { heldOut } from "./choose-audience";
import { variantOf } from "./choose-variant";

type Freezing = {
  runNumber: number;
  part: number;
  campaignId: string;
  holdOut: number;
  content: RunContent;
  /** Rows of (id, channel). */
  audience: SQL;
};

/**
 * Writes the executions of a run whose content is tried in variants, each customer's by a hash: those in the test, then the
 * hold-out. The rest is written down as it stands now and waits for the winner; its executions are made then.
 */
export async function freezeTest(
  tx: Transaction,
  ctx: Context,
  { runNumber, part, campaignId, holdOut, content, audience }: Freezing,
): Promise<{ treated: number; heldOut: number }> {
  const rows = await tx.execute<{
    variant: number;
    what: "treated" | "held_out" | "waits";
    count: number;
  }>(sql`
    with placed as (
      select a.id, a.channel, ${heldOut({ campaignId, holdOut })} as held,
        ${variantOf(campaignId, sql`a.id`, content)} as variant
      from (${audience}) a),
    written as (
      insert into ${sql.identifier(`executions_p${part}`)}
        (part, run_number, seq, workspace_id, customer_id, variant, channel, arm)
      select ${part}::int, ${runNumber}::bigint, row_number() over (order by held, channel, id), ${ctx.workspaceId}::uuid, id,
        case when held then 0 else variant end, case when not held then channel end,
        case when held then 'held_out' else 'treated' end
      from placed where held or variant is not null returning variant, arm),
    waiting as (
      insert into run_rest_customers (run_number, customer_id, workspace_id, channel)
      select ${runNumber}::bigint, id, ${ctx.workspaceId}::uuid, channel
      from placed where not held and variant is null returning 1)
    select variant, arm as what, count(*)::int as count from written group by 1, 2
    union all select 0, 'waits', count(*)::int from waiting`);
  const total = (what: string, variant?: number): number =>
    rows
      .filter((row) => row.what === what && (variant === undefined || row.variant === variant))
      .reduce((sum, { count }) => sum + count, 0);
  const assigned = content.variants.map((_, nth) => total("treated", nth));
  await tx.execute(sql`
    insert into run_tests (run_number, workspace_id, campaign_id, assigned, rest_size, until)
    values (${runNumber}, ${ctx.workspaceId}, ${campaignId}, ${sql.param(assigned)}::int[], ${total("waits")},
      clock_now() + ${hoursLookedAt(content, total("waits"))}::float8 * interval '1 hour')`);
  return { treated: total("treated"), heldOut: total("held_out") };
}

/** How long somebody or something is waited for; null: a person may choose, and nobody waits. */
function hoursLookedAt({ abTest }: RunContent, waiting: number): number | null {
  if (abTest === null) return null;
  if (waiting > 0) return abTest.waitHours;
  return abTest.winner === "auto" ? DAYS_LOOKED_AT * 24 : null;
}
