import { and, eq, isNull, sql } from "drizzle-orm";
import { apiKeys } from "@/db/schema/api-keys";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { makeKey } from "./make";
import { type RotateKeyInput, rotateKeyInput } from "./schemas";

/**
 * Puts a new key in a key's place, answered once. The one before goes on opening for the hours that are asked for; one before
 * that ends now. @throws AppError FORBIDDEN, NOT_FOUND (also for a revoked one)
 */
export async function rotateKey(ctx: Context, input: RotateKeyInput): Promise<{ key: string }> {
  requireRole(ctx, "admin");
  const { id: asked, keepHours } = rotateKeyInput.parse(input);
  const id = parseId(asked);
  const { key, hash, hint } = makeKey();
  await withTransaction(ctx, async (tx) => {
    const [row] = await tx
      .update(apiKeys)
      .set({
        hash,
        hint,
        rotatedAt: sql`clock_now()`,
        formerHash: keepHours > 0 ? sql`${apiKeys.hash}` : null,
        formerUntil: keepHours > 0 ? sql`clock_now() + ${keepHours} * interval '1 hour'` : null,
      })
      .where(and(eq(apiKeys.workspaceId, ctx.workspaceId), eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
      .returning({ id: apiKeys.id });
    required(row, "key");
    await recordAudit(tx, ctx, {
      action: "api_key.rotated",
      subjectType: "api_key",
      subjectId: id,
      after: { keepHours },
    });
    await bumpTopics(tx, ctx, "api-keys");
  });
  return { key };
}
