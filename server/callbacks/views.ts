import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { callbackViews } from "@/db/schema/callback-desk";
import { type Transaction, withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { newId, parseId } from "@/server/platform/ids";
import { callbackReaders } from "./status";

export type CallbackView = { id: string; name: string; query: string };

const MOST = 30;

export const viewInput = z.object({
  name: z.string().trim().min(1, "Give the view a name.").max(60, "Keep the name under 60 characters."),
  query: z.string().max(2_000),
});

/** The caller's own views of the queue, by name. @throws AppError FORBIDDEN */
export function listViews(ctx: Context): Promise<CallbackView[]> {
  return withTransaction(ctx, (tx) => readViews(tx, ctx));
}

/** Keeps tab, filters and search under a name; the same name again replaces it. @throws AppError LIMIT_EXCEEDED, FORBIDDEN */
export async function saveView(ctx: Context, input: z.input<typeof viewInput>): Promise<void> {
  const { name, query } = viewInput.parse(input);
  const kept = new URLSearchParams(query);
  for (const place of ["after", "before", "open"]) kept.delete(place);
  await withTransaction(ctx, async (tx) => {
    const views = await readViews(tx, ctx);
    if (views.length >= MOST && !views.some((view) => view.name === name))
      throw new AppError("LIMIT_EXCEEDED", `You have ${MOST} views. Remove one first.`, { max: MOST });
    await tx
      .insert(callbackViews)
      .values({
        id: newId(),
        workspaceId: ctx.workspaceId,
        membershipId: memberOf(ctx),
        name,
        query: kept.toString(),
      })
      .onConflictDoUpdate({
        target: [callbackViews.workspaceId, callbackViews.membershipId, callbackViews.name],
        set: { query: sql`excluded.query` },
      });
  });
}

/** Forgets one of the caller's own. @throws AppError NOT_FOUND */
export async function removeView(ctx: Context, { viewId }: { viewId: string }): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const [gone] = await tx
      .delete(callbackViews)
      .where(and(mine(ctx), eq(callbackViews.id, parseId(viewId))))
      .returning({ id: callbackViews.id });
    required(gone, "view");
  });
}

const readViews = (tx: Transaction, ctx: Context): Promise<CallbackView[]> =>
  tx
    .select({ id: callbackViews.id, name: callbackViews.name, query: callbackViews.query })
    .from(callbackViews)
    .where(mine(ctx))
    .orderBy(asc(callbackViews.name));

const mine = (ctx: Context) =>
  and(eq(callbackViews.workspaceId, ctx.workspaceId), eq(callbackViews.membershipId, memberOf(ctx)));

function memberOf(ctx: Context): string {
  requireRole(ctx, ...callbackReaders);
  if (ctx.membershipId) return ctx.membershipId;
  throw new AppError("FORBIDDEN", "Views belong to a member of the workspace.");
}
