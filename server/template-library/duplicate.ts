import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { findTemplate, findVersion, freeName, templateTopics } from "./find";
import { templateEditors } from "./status";
import { insertTemplate } from "./write-version";

/** A copy to change, with the current words and no figures yet. Returns its id. @throws AppError FORBIDDEN, NOT_FOUND */
export async function duplicateTemplate(ctx: Context, input: { id: string }): Promise<{ id: string }> {
  requireRole(ctx, ...templateEditors);
  return withTransaction(ctx, async (tx) => {
    const row = await findTemplate(tx, ctx, input.id);
    const { content } = await findVersion(tx, ctx, { id: row.id, version: row.version });
    const { description, category, type, goal, channels, languages } = row;
    const name = await freeName(tx, ctx, `Copy of ${row.name}`);
    const fields = { name, description, category, type, goal, channels, languages, content };
    const id = await insertTemplate(tx, ctx, fields, { cause: "copied", note: `from ${row.name}` });
    await recordAudit(tx, ctx, {
      action: "template.created",
      subjectType: "template",
      subjectId: id,
      after: { name, from: row.id },
    });
    await bumpTopics(tx, ctx, ...templateTopics(id));
    return { id };
  });
}
