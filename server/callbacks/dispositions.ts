import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { defaultDispositions } from "./content";

export type Disposition = {
  key: string;
  label: string;
  ends: "completed" | "cancelled" | "follow_up";
  resolved: boolean;
};

/** How calls can end: what the workspace defined, in its order, else the product's own list. */
export async function readDispositions(tx: Transaction, ctx: Context): Promise<Disposition[]> {
  const rows = await tx.execute<Disposition>(sql`
    select key, label, ends, resolved from dispositions
    where workspace_id = ${ctx.workspaceId} and archived_at is null order by position, id`);
  return rows.length > 0 ? [...rows] : [...defaultDispositions];
}
