import { and, eq, isNull, sql } from "drizzle-orm";
import { apiKeys } from "@/db/schema/api-keys";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";

/** Ends a key, and the one before its rotation: the next request with either is refused. @throws AppError FORBIDDEN, NOT_FOUND */
export async function revokeKey(ctx: Context, input: { id: string }): Promise<void> {
  requireRole(ctx, "admin");
  const id = parseId(input.id);
  await withTransaction(ctx, async (tx) => {
    const [row] = await tx
      .update(apiKeys)
      .set({ revokedAt: sql`clock_now()`, formerHash: null, formerUntil: null })
      .where(and(eq(apiKeys.workspaceId, ctx.workspaceId), eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
      .returning({ name: apiKeys.name });
    const { name } = required(row, "key");
    await recordAudit(tx, ctx, {
      action: "api_key.revoked",
      subjectType: "api_key",
      subjectId: id,
      before: { name },
    });
    await bumpTopics(tx, ctx, "api-keys");
  });
}
