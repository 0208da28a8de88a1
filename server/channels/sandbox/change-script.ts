import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { type SandboxConfig, sandboxConfig } from "./schemas";

/** How the workspace's sandbox behaves; the accounts of all channels share it. @throws AppError FORBIDDEN */
export async function getScript(ctx: Context): Promise<SandboxConfig & { waiting: number }> {
  requireRole(ctx, "admin");
  return withTransaction(ctx, async (tx) => {
    const [row] = await tx.execute<{ config: Record<string, unknown> }>(sql`
      select config from channel_accounts where workspace_id = ${ctx.workspaceId} and provider = 'sandbox'
      order by channel limit 1`);
    const [acts] = await tx.execute<{ waiting: number }>(
      sql`select count(*)::int as waiting from sandbox_acts where workspace_id = ${ctx.workspaceId}`,
    );
    return { ...sandboxConfig.parse(row?.config ?? {}), waiting: acts?.waiting ?? 0 };
  });
}

/**
 * Sets how the sandbox behaves, for what is sent from now on. When nobody is to do anything any more, what was planned for
 * messages that are delivered already is forgotten too.
 * @throws AppError FORBIDDEN
 */
export async function changeScript(ctx: Context, given: SandboxConfig): Promise<void> {
  requireRole(ctx, "admin");
  const config = sandboxConfig.parse(given);
  await withTransaction(ctx, async (tx) => {
    const rows = await tx.execute<{ id: string }>(sql`
      update channel_accounts set config = ${JSON.stringify(config)}::jsonb, updated_at = clock_now()
      where workspace_id = ${ctx.workspaceId} and provider = 'sandbox' and config is distinct from ${JSON.stringify(config)}::jsonb
      returning id`);
    if (config.open === 0 && config.click === 0 && config.reply === 0)
      await tx.execute(sql`delete from sandbox_acts where workspace_id = ${ctx.workspaceId}`);
    for (const { id } of rows)
      await recordAudit(tx, ctx, {
        action: "channel_account.changed",
        subjectType: "channel_account",
        subjectId: id,
        after: config,
      });
    await bumpTopics(tx, ctx, "channels", "inbox");
  });
}
