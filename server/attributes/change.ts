import { eq } from "drizzle-orm";
import { attributeDefinitions } from "@/db/schema/attributes";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import { type Context, requireRole } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { convertValues } from "./convert";
import { lockAttribute } from "./find";
import { type ChangeAttributeInput, changeAttributeInput } from "./schemas";
import { attributeEditors } from "./status";

/**
 * Changes name, description, type and options. The key stays: rules, tags and files name it. A type or a list of options
 * under which somebody's value would be lost is refused.
 * @throws AppError FORBIDDEN, NOT_FOUND, CONFLICT
 */
export async function changeAttribute(ctx: Context, input: ChangeAttributeInput): Promise<void> {
  requireRole(ctx, ...attributeEditors);
  const { attributeId, ...given } = changeAttributeInput.parse(input);
  await withTransaction(ctx, async (tx) => {
    const now = await lockAttribute(tx, ctx, attributeId);
    const next = { ...given, options: given.type === "choice" ? given.options : [] };
    const changed = (["label", "description", "type", "options"] as const).filter(
      (field) => JSON.stringify(now[field]) !== JSON.stringify(next[field]),
    );
    if (changed.length === 0) return;
    if (changed.includes("type") || changed.includes("options"))
      await convertValues(tx, ctx, { ...next, key: now.key });
    await tx.update(attributeDefinitions).set(next).where(eq(attributeDefinitions.id, now.id));
    await recordAudit(tx, ctx, {
      action: "attribute.changed",
      subjectType: "attribute",
      subjectId: now.id,
      before: Object.fromEntries(changed.map((field) => [field, now[field]])),
      after: Object.fromEntries(changed.map((field) => [field, next[field]])),
    });
    await bumpTopics(tx, ctx, "attributes");
  });
}

/** Takes an attribute out of use, or brings it back. Values stay. @throws AppError FORBIDDEN, NOT_FOUND */
export async function setAttributeArchived(
  ctx: Context,
  input: { attributeId: string; archived: boolean },
): Promise<void> {
  requireRole(ctx, ...attributeEditors);
  await withTransaction(ctx, async (tx) => {
    const now = await lockAttribute(tx, ctx, input.attributeId);
    if ((now.archivedAt !== null) === input.archived) return;
    await tx
      .update(attributeDefinitions)
      .set({ archivedAt: input.archived ? clockNow : null })
      .where(eq(attributeDefinitions.id, now.id));
    await recordAudit(tx, ctx, {
      action: input.archived ? "attribute.archived" : "attribute.restored",
      subjectType: "attribute",
      subjectId: now.id,
    });
    await bumpTopics(tx, ctx, "attributes");
  });
}
