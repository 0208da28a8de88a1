import { eq } from "drizzle-orm";
import { workspaces } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";

/** On whose clock days and hours are read, and in what money amounts are. */
export type Units = { timeZone: string; currency: string };

/** The asker's workspace's. */
export async function ownUnits(ctx: Context): Promise<Units> {
  const [row] = await withTransaction(ctx, (tx) =>
    tx
      .select({ timeZone: workspaces.timeZone, currency: workspaces.currency })
      .from(workspaces)
      .where(eq(workspaces.id, ctx.workspaceId)),
  );
  return required(row, "workspace");
}
