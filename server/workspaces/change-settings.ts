import { eq } from "drizzle-orm";
import { workspaces } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import type { WorkspaceSettings } from "./get-settings";

/** Changes name, time zone and whether launches need approval. The audit entry holds only what changed. */
export async function changeSettings(ctx: Context, input: WorkspaceSettings): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const [row] = await tx
      .select({
        name: workspaces.name,
        timeZone: workspaces.timeZone,
        approvalRequired: workspaces.approvalRequired,
      })
      .from(workspaces)
      .where(eq(workspaces.id, ctx.workspaceId))
      .for("update");
    const now = required(row, "workspace");
    const changed = (["name", "timeZone", "approvalRequired"] as const).filter(
      (key) => now[key] !== input[key],
    );
    if (changed.length === 0) return;
    await tx.update(workspaces).set(input).where(eq(workspaces.id, ctx.workspaceId));
    await recordAudit(tx, ctx, {
      action: "workspace.changed",
      subjectType: "workspace",
      subjectId: ctx.workspaceId,
      before: Object.fromEntries(changed.map((key) => [key, now[key]])),
      after: Object.fromEntries(changed.map((key) => [key, input[key]])),
    });
  });
}
