import { and, eq, inArray } from "drizzle-orm";
import { templates, templateVersions } from "@/db/schema/templates";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { notFound } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import type { RichDocument } from "@/server/templates/content";
import { writeFile } from "./file";
import type { TemplateContent } from "./schemas";
import { templateEditors } from "./status";

/**
 * Templates as a file for another workspace, with their current words. Pictures stay behind: they are files of this
 * workspace. @throws AppError FORBIDDEN; NOT_FOUND when one of them is not there
 */
export async function exportTemplates(ctx: Context, input: { ids: readonly string[] }): Promise<string> {
  requireRole(ctx, ...templateEditors);
  const ids = input.ids.map(parseId);
  return withTransaction(ctx, async (tx) => {
    const rows = await tx
      .select({ template: templates, content: templateVersions.content })
      .from(templates)
      .innerJoin(
        templateVersions,
        and(
          eq(templateVersions.workspaceId, templates.workspaceId),
          eq(templateVersions.templateId, templates.id),
          eq(templateVersions.version, templates.version),
        ),
      )
      .where(and(eq(templates.workspaceId, ctx.workspaceId), inArray(templates.id, ids)));
    if (rows.length === 0 || rows.length < new Set(ids).size) throw notFound("template");
    await recordAudit(tx, ctx, {
      action: "template.exported",
      subjectType: "workspace",
      subjectId: ctx.workspaceId,
      after: { templates: rows.length },
    });
    return writeFile(
      rows.map(({ template, content }) => {
        const { name, description, category, type, goal, channels, languages } = template;
        return { name, description, category, type, goal, channels, languages, content: unpictured(content) };
      }),
    );
  });
}

function unpictured(content: TemplateContent): TemplateContent {
  const { email, whatsapp } = content;
  return {
    ...content,
    ...(email && {
      email: Object.fromEntries(
        Object.entries(email).map(([language, mail]) => [
          language,
          { ...mail, body: typeof mail.body === "string" ? mail.body : withoutPictures(mail.body) },
        ]),
      ),
    }),
    ...(whatsapp && {
      whatsapp: Object.fromEntries(
        Object.entries(whatsapp).map(([language, chat]) => [
          language,
          {
            ...chat,
            headerFileId: null,
            parts: { ...chat.parts, header: chat.parts.header?.kind === "text" ? chat.parts.header : null },
          },
        ]),
      ),
    }),
  };
}

const withoutPictures = (document: RichDocument): RichDocument => ({
  ...document,
  content: document.content.filter(({ type }) => type !== "image"),
});
