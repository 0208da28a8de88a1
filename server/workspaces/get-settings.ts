import { eq } from "drizzle-orm";
import { workspaces } from "@/db/schema/workspaces";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";

export type WorkspaceSettings = { name: string; timeZone: string; approvalRequired: boolean };

/** What an administrator can change about the workspace. */
export const getSettings = (ctx: Context): Promise<WorkspaceSettings> =>
  withTransaction(ctx, (tx) => readSettings(tx, ctx));

/** The same in the caller's transaction. */
export async function readSettings(
  tx: Transaction,
  ctx: Context,
  options: { lock?: boolean } = {},
): Promise<WorkspaceSettings> {
  const query = tx
    .select({
      name: workspaces.name,
      timeZone: workspaces.timeZone,
      approvalRequired: workspaces.approvalRequired,
    })
    .from(workspaces)
    .where(eq(workspaces.id, ctx.workspaceId));
  const [row] = await (options.lock ? query.for("update") : query);
  return required(row, "workspace");
}
