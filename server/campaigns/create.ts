import { campaigns } from "@/db/schema/campaigns";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { type CreateInput, createInput } from "./schemas";
import { campaignEditors } from "./status";
import { campaignTopics } from "./transition";

/** Begins a draft for everybody in the workspace, owned by its maker. Returns its id. @throws AppError FORBIDDEN */
export async function createCampaign(ctx: Context, input: CreateInput): Promise<{ id: string }> {
  requireRole(ctx, ...campaignEditors);
  const { name, type, goal, category, description } = createInput.parse(input);
  const id = newId();
  await withTransaction(ctx, async (tx) => {
    await tx.insert(campaigns).values({
      id,
      workspaceId: ctx.workspaceId,
      name,
      type,
      goal,
      category,
      description,
      ownerId: ownerOf(ctx),
    });
    await recordAudit(tx, ctx, {
      action: "campaign.created",
      subjectType: "campaign",
      subjectId: id,
      after: { name, type, goal, category },
    });
    await bumpTopics(tx, ctx, ...campaignTopics(id));
  });
  return { id };
}

/** Every campaign has a person who answers for it. */
export function ownerOf(ctx: Context): string {
  if (ctx.actor.id) return ctx.actor.id;
  throw new AppError("BAD_INPUT", "A campaign needs a person who owns it. Name one.", { field: "owner" });
}
