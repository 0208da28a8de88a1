import { eq } from "drizzle-orm";
import { workspaces } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { withoutUndefined } from "@/server/platform/changes";
import type { Context } from "@/server/platform/context";
import { requireState, stateOf } from "@/server/platform/state";
import { readSettings, type WorkspaceSettings } from "./get-settings";

/**
 * Changes name, time zone and whether launches need approval; what is left out stays. The audit entry holds only what changed.
 * `options.state`: only while the settings are in this state (`stateOf`). @throws AppError CONFLICT `stale_version`
 */
export async function changeSettings(
  ctx: Context,
  changes: Partial<WorkspaceSettings>,
  options: { state?: string | null } = {},
): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const now = await readSettings(tx, ctx, { lock: true });
    requireState(stateOf(now), options.state);
    const next = { ...now, ...withoutUndefined(changes) };
    const changed = (["name", "timeZone", "approvalRequired"] as const).filter(
      (key) => now[key] !== next[key],
    );
    if (changed.length === 0) return;
    await tx.update(workspaces).set(next).where(eq(workspaces.id, ctx.workspaceId));
    await recordAudit(tx, ctx, {
      action: "workspace.changed",
      subjectType: "workspace",
      subjectId: ctx.workspaceId,
      before: Object.fromEntries(changed.map((key) => [key, now[key]])),
      after: Object.fromEntries(changed.map((key) => [key, next[key]])),
    });
  });
}
