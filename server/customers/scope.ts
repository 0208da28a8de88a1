import { type SQL, sql } from "drizzle-orm";
import type { Context } from "@/server/platform/context";

/** Which customers (`c`) someone sees: the workspace's, an advisor only the own book; nobody who was erased. */
export function inScope(ctx: Context): SQL {
  const own = sql`c.workspace_id = ${ctx.workspaceId} and c.erased_at is null`;
  return ctx.role === "advisor" ? sql`${own} and c.advisor_id = ${ctx.membershipId}` : own;
}
