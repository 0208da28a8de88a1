import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { keepDispositions } from "@/server/callbacks";
import type { Context } from "@/server/platform/context";

export type DispositionLine = {
  id: string;
  key: string;
  label: string;
  ends: "completed" | "cancelled" | "follow_up";
  resolved: boolean;
};

/** The ways to close a call, in the order in which agents see them. */
export function listDispositions(ctx: Context): Promise<DispositionLine[]> {
  return withTransaction(ctx, async (tx) => {
    const rows = await read(tx, ctx);
    if (rows.length > 0) return rows;
    await keepDispositions(tx, ctx);
    return read(tx, ctx);
  });
}

async function read(tx: Transaction, ctx: Context): Promise<DispositionLine[]> {
  return [
    ...(await tx.execute<DispositionLine>(sql`
      select id, key, label, ends, resolved from dispositions
      where workspace_id = ${ctx.workspaceId} and archived_at is null order by position, id`)),
  ];
}
