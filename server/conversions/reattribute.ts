import { sql } from "drizzle-orm";
import { executePrepared } from "@/db/execute-prepared";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { attribute } from "./attribute";
import { changingConversions } from "./keep-rollups";

/**
 * Credits the conversions of customers again, to whom something happened: a receipt, an open or a bounce that was told late
 * may be the last touch, or no longer one. Brings about a state, so it may run twice.
 */
export async function reattributeConversions(ctx: Context, customerIds: readonly string[]): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const rows = await executePrepared<{ id: string; customer_id: string }>(
      tx,
      sql`
      select id, customer_id from conversions
      where workspace_id = ${ctx.workspaceId} and customer_id = any(${sql.param([...customerIds])}::uuid[])`,
    );
    if (rows.length === 0) return;
    const theirs = [...new Set(rows.map((row) => row.customer_id))];
    await changingConversions(tx, ctx, theirs, () =>
      attribute(
        tx,
        ctx,
        rows.map(({ id }) => id),
      ),
    );
  });
}
