import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { conditionsOf, type Rule, segmentsIn } from "./rule/model";

/** Tracked segments whose rule asks for a field of the customer, directly or through segments that it names. */
export async function trackedSegmentsUsing(ctx: Context, field: string): Promise<string[]> {
  const rows = await withTransaction(ctx, (tx) =>
    tx.execute<{ id: string; rule: Rule; tracked: boolean }>(sql`
      select id, rule, tracked from segments where workspace_id = ${ctx.workspaceId} and deleted_at is null order by id`),
  );
  const rules = new Map(rows.map(({ id, rule }) => [id, rule]));
  const asks = (id: string, seen: Set<string>): boolean => {
    const rule = rules.get(id);
    if (!rule || seen.has(id)) return false;
    seen.add(id);
    const own = conditionsOf(rule).some((one) => one.on === "customer" && one.field === field);
    return own || segmentsIn(rule).some((used) => asks(used, seen));
  };
  return rows.filter(({ id, tracked }) => tracked && asks(id, new Set())).map(({ id }) => id);
}
