import { and, asc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { callbackViews } from "@/db/schema/callbacks";
import type { campaignViews } from "@/db/schema/campaigns";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { newId, parseId } from "@/server/platform/ids";
import { type View, viewInput } from "./schemas";

/** Each list has a table of its own, all of the same columns. */
type Table = typeof campaignViews | typeof callbackViews;

const MOST = 30;

/** A member's own views of a list, by name. Who may see the list is for its noun to ask. @throws AppError FORBIDDEN */
export function readViews(tx: Transaction, ctx: Context, table: Table): Promise<View[]> {
  return tx
    .select({ id: table.id, name: table.name, query: table.query })
    .from(table)
    .where(mine(ctx, table))
    .orderBy(asc(table.name));
}

/**
 * Keeps a list under a name; the same name again replaces it. `places`: what of its address is a place in the list, and is
 * left out. @throws AppError LIMIT_EXCEEDED, FORBIDDEN
 */
export async function keepView(
  ctx: Context,
  { table, places }: { table: Table; places: readonly string[] },
  input: z.input<typeof viewInput>,
): Promise<void> {
  const { name, query } = viewInput.parse(input);
  const kept = new URLSearchParams(query);
  for (const place of places) kept.delete(place);
  await withTransaction(ctx, async (tx) => {
    const views = await readViews(tx, ctx, table);
    if (views.length >= MOST && !views.some((view) => view.name === name))
      throw new AppError("LIMIT_EXCEEDED", `You have ${MOST} views. Remove one first.`, { max: MOST });
    await tx
      .insert(table)
      .values({
        id: newId(),
        workspaceId: ctx.workspaceId,
        membershipId: memberOf(ctx),
        name,
        query: kept.toString(),
      })
      .onConflictDoUpdate({
        target: [table.workspaceId, table.membershipId, table.name],
        set: { query: sql`excluded.query` },
      });
  });
}

/** Forgets one of the member's own. @throws AppError NOT_FOUND, FORBIDDEN */
export async function forgetView(ctx: Context, table: Table, { viewId }: { viewId: string }): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const [gone] = await tx
      .delete(table)
      .where(and(mine(ctx, table), eq(table.id, parseId(viewId))))
      .returning({ id: table.id });
    required(gone, "view");
  });
}

const mine = (ctx: Context, table: Table) =>
  and(eq(table.workspaceId, ctx.workspaceId), eq(table.membershipId, memberOf(ctx)));

/** They belong to a member of the workspace, and nobody else reads them. */
function memberOf(ctx: Context): string {
  if (ctx.membershipId) return ctx.membershipId;
  throw new AppError("FORBIDDEN", "Views belong to a member of the workspace.");
}
