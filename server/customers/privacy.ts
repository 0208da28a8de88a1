import { eq } from "drizzle-orm";
import { workspaces } from "@/db/schema/workspaces";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { type Privacy, privacySchema } from "./schemas";

/** Who reads addresses masked, and how long erasure waits. @throws AppError FORBIDDEN */
export function getPrivacy(ctx: Context): Promise<Privacy> {
  requireRole(ctx, "admin");
  return withTransaction(ctx, (tx) => readPrivacy(tx, ctx));
}

/** The same in the caller's transaction, for the product itself. */
export async function readPrivacy(tx: Transaction, ctx: Context): Promise<Privacy> {
  const [row] = await tx
    .select({ maskedRoles: workspaces.maskedRoles, erasureDays: workspaces.erasureDays })
    .from(workspaces)
    .where(eq(workspaces.id, ctx.workspaceId));
  return privacySchema.parse(required(row, "workspace"));
}

/** In force at once, for everybody's next look. Erasures that wait keep their day. @throws AppError FORBIDDEN */
export async function changePrivacy(ctx: Context, input: Privacy): Promise<void> {
  requireRole(ctx, "admin");
  const next = privacySchema.parse(input);
  await withTransaction(ctx, async (tx) => {
    const now = await readPrivacy(tx, ctx);
    const changed = (["maskedRoles", "erasureDays"] as const).filter(
      (key) => JSON.stringify(now[key]) !== JSON.stringify(next[key]),
    );
    if (changed.length === 0) return;
    await tx.update(workspaces).set(next).where(eq(workspaces.id, ctx.workspaceId));
    await recordAudit(tx, ctx, {
      action: "workspace.privacy_changed",
      subjectType: "workspace",
      subjectId: ctx.workspaceId,
      before: Object.fromEntries(changed.map((key) => [key, now[key]])),
      after: Object.fromEntries(changed.map((key) => [key, next[key]])),
    });
    await bumpTopics(tx, ctx, "customers");
  });
}
