import { type Context, requireRole } from "@/server/platform/context";
import { judge } from "./judge";
import { type Look, lookAtInstallation } from "./look";
import { lookAtWorkspace, type WorkspaceLook } from "./look-at-workspace";
import type { Finding } from "./status";

export type OperationsOverview = { findings: Finding[]; look: Look; workspace: WorkspaceLook };

/**
 * How the installation and this workspace's sending are, and in words what is wrong. Ages in seconds. Counts over all workspaces
 * carry no names. @throws AppError FORBIDDEN; the database's error when it does not answer
 */
export async function getOperationsOverview(ctx: Context): Promise<OperationsOverview> {
  requireRole(ctx, "admin");
  const [look, workspace] = await Promise.all([lookAtInstallation(), lookAtWorkspace(ctx)]);
  return { findings: judge(look, workspace), look, workspace };
}
