import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { attributeTypes } from "./attributes";
import { compileTemplate } from "./compilable";
import { readFile } from "./file";
import { freeName } from "./find";
import type { TemplateFields } from "./schemas";
import { templateEditors } from "./status";
import { insertTemplate } from "./write-version";

/**
 * Adds the templates of an exported file, all of them or none. Each is compiled first: a tag that does not exist here, a
 * link without an address or a body that is missing is refused with the template's name. A name that is taken gets a
 * number. @throws AppError BAD_INPUT, FORBIDDEN
 */
export async function importTemplates(ctx: Context, input: { content: string }): Promise<{ ids: string[] }> {
  requireRole(ctx, ...templateEditors);
  const found = readFile(input.content);
  return withTransaction(ctx, async (tx) => {
    const attributes = await attributeTypes(tx, ctx);
    for (const template of found) refuseBroken(template, attributes);
    const ids: string[] = [];
    // One after the other: each name must be free beside those before it. At most 200.
    for (const template of found) {
      const name = await freeName(tx, ctx, template.name);
      ids.push(await insertTemplate(tx, ctx, { ...template, name }, { cause: "imported" }));
    }
    await recordAudit(tx, ctx, {
      action: "template.imported",
      subjectType: "workspace",
      subjectId: ctx.workspaceId,
      after: { templates: ids.length },
    });
    await bumpTopics(tx, ctx, "templates");
    return { ids };
  });
}

/** Refuses a template that could never be sent as it is. @throws AppError BAD_INPUT */
export function refuseBroken(template: TemplateFields, attributes: Record<string, string>): void {
  const { name, channels, languages, content } = template;
  const refuse = (said: string) => {
    throw new AppError("BAD_INPUT", `“${name}”: ${said}`, { field: "content" });
  };
  for (const channel of channels)
    if (!languages.some((language) => content[channel]?.[language]))
      refuse(`nothing is written for ${channel}, which is among its channels.`);
  const [problem] = compileTemplate(template, attributes).problems;
  if (problem) refuse(`${problem.place.channel}, ${problem.place.language}: ${problem.message}`);
}
