import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { AbTest } from "@/server/campaigns/content";
import type { Context } from "@/server/platform/context";

/** What a run's roll-ups say about one variant; of customers, each counted at the first human event. */
export type Arm = {
  sent: number;
  delivered: number;
  /** Customers who did what the test measures. */
  did: number;
};

const columns = {
  clicked: sql`coalesce(sum(r.clicked), 0)::int`,
  replied: sql`coalesce(sum(r.replied), 0)::int`,
  opened: sql`coalesce(sum(r.opened), 0)::int`,
  // Counted apart from the messages: below.
  converted: sql`0`,
} as const satisfies Record<AbTest["metric"], unknown>;

type Of = { runNumber: number; variants: number; metric: AbTest["metric"] };

/** The variants of a run in their order, from roll-ups: the same cost for a million messages as for ten. */
export async function countArms(
  tx: Transaction,
  ctx: Context,
  { runNumber, variants, metric }: Of,
): Promise<Arm[]> {
  const rows = await tx.execute<Arm & { variant: number }>(sql`
    select r.variant, coalesce(sum(r.sent), 0)::int as sent, coalesce(sum(r.delivered), 0)::int as delivered,
      ${columns[metric]} as did
    from run_rollups r where r.workspace_id = ${ctx.workspaceId} and r.run_number = ${runNumber} group by r.variant`);
  const converted =
    metric === "converted"
      ? await tx.execute<{ variant: number; did: number }>(sql`
          select variant, sum(converted)::int as did from conversion_rollups
          where workspace_id = ${ctx.workspaceId} and run_number = ${runNumber} group by variant`)
      : [];
  return Array.from({ length: variants }, (_, nth) => {
    const row = rows.find(({ variant }) => variant === nth);
    return {
      sent: row?.sent ?? 0,
      delivered: row?.delivered ?? 0,
      did:
        metric === "converted"
          ? (converted.find(({ variant }) => variant === nth)?.did ?? 0)
          : (row?.did ?? 0),
    };
  });
}
