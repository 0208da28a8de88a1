import { and, eq } from "drizzle-orm";
import { templates, templateUses } from "@/db/schema/templates";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { type Purpose, purposeOf } from "./status";
import type { CampaignRow } from "./transition";

/** The reusable template that a campaign began with; its purpose is that of then, whatever the template became. */
export type BegunWith = { id: string; version: number; name: string; purpose: Purpose };

/** The template that a campaign, or the automation that it is a change to, began with; null for words of its own. */
export async function templateOf(
  tx: Transaction,
  ctx: Context,
  { id, replaces }: Pick<CampaignRow, "id" | "replaces">,
): Promise<BegunWith | null> {
  const [row] = await tx
    .select({
      id: templates.id,
      version: templateUses.version,
      name: templates.name,
      category: templates.category,
      purpose: templateUses.purpose,
    })
    .from(templateUses)
    .innerJoin(
      templates,
      and(eq(templates.workspaceId, templateUses.workspaceId), eq(templates.id, templateUses.templateId)),
    )
    .where(and(eq(templateUses.workspaceId, ctx.workspaceId), eq(templateUses.campaignId, replaces ?? id)));
  if (!row) return null;
  const { category, purpose, ...template } = row;
  return { ...template, purpose: purpose ?? purposeOf(category) };
}
