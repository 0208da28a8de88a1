import type { z } from "zod";
import { campaignViews } from "@/db/schema/campaigns";
import type { Context } from "@/server/platform/context";
import { forgetView, keepView } from "@/server/views";
import type { viewInput } from "@/server/views/schemas";
import { requireReader } from "./transition";

/** Keeps a list of campaigns for the member who looks at it; the same name again replaces it. @throws AppError LIMIT_EXCEEDED, FORBIDDEN */
export async function saveView(ctx: Context, input: z.input<typeof viewInput>): Promise<void> {
  requireReader(ctx);
  await keepView(ctx, { table: campaignViews, places: ["after", "before"] }, input);
}

/** Forgets a view of the member's own. @throws AppError FORBIDDEN, NOT_FOUND */
export async function removeView(ctx: Context, view: { viewId: string }): Promise<void> {
  requireReader(ctx);
  await forgetView(ctx, campaignViews, view);
}
