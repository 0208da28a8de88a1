import { sql } from "drizzle-orm";
import type { z } from "zod";
import { campaignViews } from "@/db/schema/campaigns";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { viewInput } from "./schemas";
import { requireReader } from "./transition";
import { memberOf, readViews } from "./views";

const MOST = 30;

/**
 * Keeps a list for the member who looks at it, under a name; the same name again replaces it. What is no filter or search (the
 * place in the list) is left out. @throws AppError LIMIT_EXCEEDED, FORBIDDEN
 */
export async function saveView(ctx: Context, input: z.input<typeof viewInput>): Promise<void> {
  requireReader(ctx);
  const { name, query } = viewInput.parse(input);
  const kept = new URLSearchParams(query);
  for (const place of ["after", "before"]) kept.delete(place);
  await withTransaction(ctx, async (tx) => {
    const views = await readViews(tx, ctx);
    if (views.length >= MOST && !views.some((view) => view.name === name))
      throw new AppError("LIMIT_EXCEEDED", `You have ${MOST} views. Remove one first.`, { max: MOST });
    await tx
      .insert(campaignViews)
      .values({
        id: newId(),
        workspaceId: ctx.workspaceId,
        membershipId: memberOf(ctx),
        name,
        query: kept.toString(),
      })
      .onConflictDoUpdate({
        target: [campaignViews.workspaceId, campaignViews.membershipId, campaignViews.name],
        set: { query: sql`excluded.query` },
      });
  });
}
