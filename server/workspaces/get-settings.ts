import { eq } from "drizzle-orm";
import { workspaces } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";

export type WorkspaceSettings = { name: string; timeZone: string; approvalRequired: boolean };

/** What an administrator can change about the workspace. */
export async function getSettings(ctx: Context): Promise<WorkspaceSettings> {
  const [row] = await withTransaction(ctx, (tx) =>
    tx
      .select({
        name: workspaces.name,
        timeZone: workspaces.timeZone,
        approvalRequired: workspaces.approvalRequired,
      })
      .from(workspaces)
      .where(eq(workspaces.id, ctx.workspaceId)),
  );
  return required(row, "workspace");
}
