import { and, desc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { templateVersions } from "@/db/schema/templates";
import { users } from "@/db/schema/workspaces";
import { type Transaction, withTransaction } from "@/db/transaction";
import { purposeOf } from "@/server/campaigns/status";
import type { Context } from "@/server/platform/context";
import { linksIn } from "./compilable";
import { findTemplate, findVersion, requireReader, seesAll } from "./find";
import { readLinks } from "./links";
import { measureTemplates, noResults } from "./measure";
import type { getTemplateInput } from "./schemas";
import { mayApproveTemplates, mayEditTemplates, mayUseTemplates } from "./status";

/** So many versions are listed; older ones are kept. */
const MOST_VERSIONS = 50;

/**
 * One template with the content of one version (the current one unless another is named), its versions, what came of it,
 * and the addresses that it needs and the workspace has not said. @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function getTemplate(ctx: Context, input: z.input<typeof getTemplateInput>) {
  requireReader(ctx);
  return withTransaction(ctx, async (tx) => {
    const row = await findTemplate(tx, ctx, input.id);
    // Only the current version is approved.
    const version = seesAll(ctx) ? (input.version ?? row.version) : row.version;
    const shown = await findVersion(tx, ctx, { id: row.id, version });
    const results = await measureTemplates(tx, ctx, [row.id]);
    const links = await readLinks(tx, ctx);
    const { seedKey, seedHash: _, workspaceId: __, ...fields } = row;
    return {
      ...fields,
      purpose: purposeOf(row.category),
      builtIn: seedKey !== null,
      shown: {
        version,
        content: shown.content,
        channels: shown.channels,
        languages: shown.languages,
      },
      versions: seesAll(ctx) ? await listVersions(tx, ctx, row.id) : [],
      results: results.get(row.id) ?? noResults,
      missingLinks: linksIn(shown.content).filter((key) => links[key] === undefined),
      mayEdit: mayEditTemplates(ctx),
      mayUse: mayUseTemplates(ctx),
      mayApprove: mayApproveTemplates(ctx),
    };
  });
}
export type TemplateDetail = Awaited<ReturnType<typeof getTemplate>>;

function listVersions(tx: Transaction, ctx: Context, id: string) {
  return tx
    .select({
      version: templateVersions.version,
      cause: templateVersions.cause,
      note: templateVersions.note,
      createdAt: templateVersions.createdAt,
      by: users.name,
      uses: sql<number>`(select count(*)::int from template_uses u where u.workspace_id = ${templateVersions.workspaceId}
        and u.template_id = ${templateVersions.templateId} and u.version = ${templateVersions.version})`,
    })
    .from(templateVersions)
    .leftJoin(users, eq(users.id, templateVersions.createdBy))
    .where(and(eq(templateVersions.workspaceId, ctx.workspaceId), eq(templateVersions.templateId, id)))
    .orderBy(desc(templateVersions.version))
    .limit(MOST_VERSIONS);
}
