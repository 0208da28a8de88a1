import { sql } from "drizzle-orm";
import type { z } from "zod";
import { type Transaction, withTransaction } from "@/db/transaction";
import { campaignBuilders } from "@/server/campaigns/status";
import { type Context, requireRole, systemContext } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { seedSegments } from "@/server/segments";
import { draftFromTemplate } from "@/server/template-library";
import { useRecommendationInput } from "./schemas";
import { recommendations } from "./status";

/**
 * Begins a draft with everything the recommendation names: template, channels, goal and its customers, who are looked for anew
 * when it is sent. @throws AppError CONFLICT when the segment or the template was taken out of use; BAD_INPUT with
 * `details.code` `links_missing`; FORBIDDEN
 */
export async function draftFromRecommendation(
  ctx: Context,
  input: z.input<typeof useRecommendationInput>,
): Promise<{ campaignId: string }> {
  requireRole(ctx, ...campaignBuilders);
  const { kind } = useRecommendationInput.parse(input);
  const { segment, template, title } = recommendations[kind];
  const found = await withTransaction(ctx, async (tx) => {
    // Workspaces of earlier releases lack the newer ones.
    await seedSegments(tx, systemContext(ctx.workspaceId));
    return {
      segmentId: await idOf(tx, ctx, "segments", segment),
      templateId: await idOf(tx, ctx, "templates", template),
    };
  });
  const { segmentId, templateId } = found;
  if (!segmentId || !templateId)
    throw new AppError(
      "CONFLICT",
      "The segment or the template of this recommendation is out of use. Take it into use again, or build the campaign by hand.",
    );
  const { campaignId } = await draftFromTemplate(
    ctx,
    { id: templateId },
    { name: title, audience: { kind: "segments", include: [segmentId], exclude: [] } },
  );
  return { campaignId };
}

async function idOf(
  tx: Transaction,
  ctx: Context,
  table: "segments" | "templates",
  seedKey: string,
): Promise<string | null> {
  const gone = table === "segments" ? sql`and deleted_at is null` : sql``;
  const [row] = await tx.execute<{ id: string }>(sql`
    select id from ${sql.identifier(table)}
    where workspace_id = ${ctx.workspaceId} and seed_key = ${seedKey} and archived_at is null ${gone}`);
  return row?.id ?? null;
}
