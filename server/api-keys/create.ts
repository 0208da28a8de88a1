import { apiKeys } from "@/db/schema/api-keys";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { makeKey } from "./make";
import { type CreateKeyInput, createKeyInput } from "./schemas";

/** Makes a key. It is answered here and never again: only its hash is kept. @throws AppError FORBIDDEN */
export async function createKey(ctx: Context, input: CreateKeyInput): Promise<{ id: string; key: string }> {
  requireRole(ctx, "admin");
  const { name, scopes } = createKeyInput.parse(input);
  const id = newId();
  const { key, hash, hint } = makeKey();
  await withTransaction(ctx, async (tx) => {
    await tx.insert(apiKeys).values({
      id,
      workspaceId: ctx.workspaceId,
      name,
      hash,
      hint,
      scopes: [...scopes],
      createdBy: ctx.actor.kind === "user" ? ctx.actor.id : null,
    });
    await recordAudit(tx, ctx, {
      action: "api_key.created",
      subjectType: "api_key",
      subjectId: id,
      after: { name, scopes },
    });
    await bumpTopics(tx, ctx, "api-keys");
  });
  return { id, key };
}
