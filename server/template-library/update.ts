import { templates } from "@/db/schema/templates";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { attributeTypes } from "./attributes";
import { findVersion, lockTemplate, oneTemplate, refuseTaken, templateTopics } from "./find";
import { refuseBroken } from "./import";
import { type TemplateFields, type UpdateTemplateInput, updateTemplateInput } from "./schemas";
import { templateEditors } from "./status";
import { writeVersion } from "./write-version";

/**
 * Saves changed fields over the version that the editor knows. New words, channels or languages make a new version and
 * take the approval away, as a new category does; a new name or description alone does neither. Words that could never be
 * sent are refused. Returns the current version.
 * @throws AppError CONFLICT with `details.code` `stale_version`, or `field` `name` when it is taken; BAD_INPUT; FORBIDDEN;
 * NOT_FOUND
 */
export async function updateTemplate(ctx: Context, input: UpdateTemplateInput): Promise<{ version: number }> {
  requireRole(ctx, ...templateEditors);
  const { id, version: known, changes } = updateTemplateInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const row = await lockTemplate(tx, ctx, id);
    if (row.version !== known)
      throw new AppError(
        "CONFLICT",
        "Somebody else saved this template in the meantime. Open it again to see their version; yours is still here.",
        { code: "stale_version", version: row.version },
      );
    const { content } = await findVersion(tx, ctx, { id: row.id, version: row.version });
    const { name, description, category, type, goal, channels, languages } = row;
    const before: TemplateFields = { name, description, category, type, goal, channels, languages, content };
    const after = { ...before, ...changes };
    const changed = (Object.keys(changes) as (keyof TemplateFields)[]).filter(
      (field) => JSON.stringify(sorted(before[field])) !== JSON.stringify(sorted(after[field])),
    );
    if (changed.length === 0) return { version: row.version };
    refuseBroken(after, await attributeTypes(tx, ctx));
    const quiet = changed.every((field) => QUIET.has(field));
    const version = quiet
      ? row.version
      : await writeVersion(tx, ctx, row, { words: after, fields: changes, origin: { cause: "edited" } });
    if (quiet)
      await refuseTaken(
        tx
          .update(templates)
          .set({ name: after.name, description: after.description, updatedAt: clockNow })
          .where(oneTemplate(ctx, row.id)),
      );
    await recordAudit(tx, ctx, {
      action: "template.updated",
      subjectType: "template",
      subjectId: row.id,
      before: { version: row.version },
      after: { version, changed },
    });
    await bumpTopics(tx, ctx, ...templateTopics(row.id));
    return { version };
  });
}

/** What may change without another look at the words. */
const QUIET: ReadonlySet<keyof TemplateFields> = new Set(["name", "description"]);

/** Keys in one order: jsonb keeps none. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
