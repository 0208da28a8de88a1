import type { z } from "zod";
import { callbackViews } from "@/db/schema/callbacks";
import { withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import { forgetView, keepView, readViews } from "@/server/views";
import type { View, viewInput } from "@/server/views/schemas";
import { callbackReaders } from "./status";

/** The caller's own views of the queue, by name. @throws AppError FORBIDDEN */
export async function listViews(ctx: Context): Promise<View[]> {
  requireRole(ctx, ...callbackReaders);
  return withTransaction(ctx, (tx) => readViews(tx, ctx, callbackViews));
}

/** Keeps tab, filters and search under a name; the same name again replaces it. @throws AppError LIMIT_EXCEEDED, FORBIDDEN */
export async function saveView(ctx: Context, input: z.input<typeof viewInput>): Promise<void> {
  requireRole(ctx, ...callbackReaders);
  await keepView(ctx, { table: callbackViews, places: ["after", "before", "open"] }, input);
}

/** Forgets one of the caller's own. @throws AppError NOT_FOUND, FORBIDDEN */
export async function removeView(ctx: Context, view: { viewId: string }): Promise<void> {
  requireRole(ctx, ...callbackReaders);
  await forgetView(ctx, callbackViews, view);
}
