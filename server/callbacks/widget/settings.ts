import { eq, sql } from "drizzle-orm";
import { callbackWidgets } from "@/db/schema/callbacks";
import { type Transaction, withTransaction } from "@/db/transaction";
import { env } from "@/env";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import { type Context, requireRole } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { type SaveWidget, saveWidgetInput } from "../schemas";
import { newWidgetKey } from "./keys";

export type WidgetSettings = {
  key: string;
  enabled: boolean;
  origins: string[];
  /** Where the script is loaded from. */
  scriptUrl: string;
};

/** The button of the caller's workspace; its key is made at the first look. @throws AppError FORBIDDEN */
export function getWidget(ctx: Context): Promise<WidgetSettings> {
  requireRole(ctx, "admin");
  return withTransaction(ctx, (tx) => readWidget(tx, ctx));
}

async function readWidget(tx: Transaction, ctx: Context): Promise<WidgetSettings> {
  await tx
    .insert(callbackWidgets)
    .values({ workspaceId: ctx.workspaceId, key: newWidgetKey(ctx.workspaceId) })
    .onConflictDoNothing();
  const [row] = await tx.execute<Omit<WidgetSettings, "scriptUrl">>(sql`
    select key, enabled, origins from callback_widgets where workspace_id = ${ctx.workspaceId}`);
  return { ...required(row, "widget"), scriptUrl: `${env.RINGBACK_URL}/widget.js` };
}

/** Which pages may show it, and whether it works at all; in force at once. @throws AppError FORBIDDEN, BAD_INPUT */
export async function saveWidget(ctx: Context, input: SaveWidget): Promise<void> {
  requireRole(ctx, "admin");
  const { enabled, origins } = saveWidgetInput.parse(input);
  await withTransaction(ctx, async (tx) => {
    await readWidget(tx, ctx);
    await tx
      .update(callbackWidgets)
      .set({ enabled, origins: [...new Set(origins)], updatedAt: clockNow })
      .where(own(ctx));
    await audit(tx, ctx, "callback_widget.saved", { enabled, origins });
  });
}

/** A new key: pages with the old snippet can no longer ask. @throws AppError FORBIDDEN */
export async function renewWidgetKey(ctx: Context): Promise<void> {
  requireRole(ctx, "admin");
  await withTransaction(ctx, async (tx) => {
    await readWidget(tx, ctx);
    await tx
      .update(callbackWidgets)
      .set({ key: newWidgetKey(ctx.workspaceId), updatedAt: clockNow })
      .where(own(ctx));
    await audit(tx, ctx, "callback_widget.renewed", {});
  });
}

const own = (ctx: Context) => eq(callbackWidgets.workspaceId, ctx.workspaceId);

const audit = (
  tx: Transaction,
  ctx: Context,
  action: string,
  after: Record<string, unknown>,
): Promise<void> =>
  recordAudit(tx, ctx, { action, subjectType: "workspace", subjectId: ctx.workspaceId, after });
