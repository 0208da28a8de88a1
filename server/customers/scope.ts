import { type SQL, sql } from "drizzle-orm";
import type { Context } from "@/server/platform/context";

/** Which customers (`c`) someone sees: the workspace's, an advisor only the own book. */
export function inScope(ctx: Context): SQL {
  const own = sql`c.workspace_id = ${ctx.workspaceId}`;
  return ctx.role === "advisor" ? sql`${own} and c.advisor_id = ${ctx.membershipId}` : own;
}
