import { templates, templateVersions } from "@/db/schema/templates";
import type { Transaction } from "@/db/transaction";
import { clockNow } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { oneTemplate, refuseTaken, type TemplateRow } from "./find";
import type { TemplateFields } from "./schemas";
import type { VersionCause } from "./status";

type Origin = { cause: VersionCause; note?: string };

/** A new template with its first version, approved by nobody yet. Returns its id. @throws AppError CONFLICT: taken name */
export async function insertTemplate(
  tx: Transaction,
  ctx: Context,
  { content, ...fields }: TemplateFields,
  { cause, note = "" }: Origin,
): Promise<string> {
  const id = newId();
  const { channels, languages } = fields;
  await refuseTaken(
    tx.insert(templates).values({ id, workspaceId: ctx.workspaceId, ...fields, createdBy: ctx.actor.id }),
  );
  await tx.insert(templateVersions).values({
    workspaceId: ctx.workspaceId,
    templateId: id,
    version: 1,
    content,
    channels,
    languages,
    cause,
    note,
    createdBy: ctx.actor.id,
  });
  return id;
}

type Words = Pick<TemplateFields, "content" | "channels" | "languages">;

/**
 * The template's next version, which becomes the current one; `fields` are changed with it. What was approved were other
 * words, so the approval is gone. The row is locked by the caller. @throws AppError CONFLICT: taken name
 */
export async function writeVersion(
  tx: Transaction,
  ctx: Context,
  row: TemplateRow,
  { words, fields = {}, origin }: { words: Words; fields?: Partial<TemplateFields>; origin: Origin },
): Promise<number> {
  const version = row.version + 1;
  const { content, channels, languages } = words;
  const { content: _, ...columns } = fields;
  await tx.insert(templateVersions).values({
    workspaceId: ctx.workspaceId,
    templateId: row.id,
    version,
    content,
    channels,
    languages,
    cause: origin.cause,
    note: origin.note ?? "",
    createdBy: ctx.actor.id,
  });
  await refuseTaken(
    tx
      .update(templates)
      .set({
        ...columns,
        channels,
        languages,
        version,
        edited: true,
        approvedAt: null,
        approvedBy: null,
        updatedAt: clockNow,
      })
      .where(oneTemplate(ctx, row.id)),
  );
  return version;
}
