import { attributeDefinitions } from "@/db/schema/attributes";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { convertValues } from "./convert";
import { refuseTakenKey } from "./find";
import { type CreateAttributeInput, createAttributeInput } from "./schemas";
import { attributeEditors } from "./status";

/**
 * Defines an attribute. Values that customers have under its key already (files bring them) become values of its type.
 * @throws AppError FORBIDDEN, CONFLICT (key taken, or a value that would be lost)
 */
export async function createAttribute(ctx: Context, input: CreateAttributeInput): Promise<{ id: string }> {
  requireRole(ctx, ...attributeEditors);
  const given = createAttributeInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const id = newId();
    const options = given.type === "choice" ? given.options : [];
    await refuseTakenKey(
      tx.insert(attributeDefinitions).values({ ...given, id, workspaceId: ctx.workspaceId, options }),
    );
    await convertValues(tx, ctx, { ...given, options });
    await recordAudit(tx, ctx, {
      action: "attribute.created",
      subjectType: "attribute",
      subjectId: id,
      after: { key: given.key, label: given.label, type: given.type, options },
    });
    await bumpTopics(tx, ctx, "attributes");
    return { id };
  });
}

export type AttributeToDefine = { key: string } & Pick<CreateAttributeInput, "label" | "type" | "options">;

/**
 * Defines what is not defined yet, in the caller's transaction, for a file or a client that brings new attributes. One
 * that stands stays as it is, also when it was given another type.
 */
export async function defineAttributes(
  tx: Transaction,
  ctx: Context,
  wanted: AttributeToDefine[],
): Promise<void> {
  const rows = wanted.map((each) => ({
    ...createAttributeInput.parse(each),
    id: newId(),
    workspaceId: ctx.workspaceId,
  }));
  if (rows.length === 0) return;
  const made = await tx.insert(attributeDefinitions).values(rows).onConflictDoNothing().returning();
  for (const { id, key, label, type, options } of made)
    await recordAudit(tx, ctx, {
      action: "attribute.created",
      subjectType: "attribute",
      subjectId: id,
      after: { key, label, type, options },
    });
  if (made.length > 0) await bumpTopics(tx, ctx, "attributes");
}
