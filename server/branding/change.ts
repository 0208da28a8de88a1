import { eq } from "drizzle-orm";
import { workspaces } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { findFiles, markSent } from "@/server/files";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { type ChangeBrandingInput, changeBrandingInput } from "./schemas";

/**
 * Changes how messages look from the next launch on: runs that were launched keep what they froze. @throws AppError BAD_INPUT
 * for a logo that is not stored here
 */
export async function changeBranding(ctx: Context, input: ChangeBrandingInput): Promise<void> {
  const { utm, ...branding } = changeBrandingInput.parse(input);
  await withTransaction(ctx, async (tx) => {
    const [row] = await tx
      .select({ branding: workspaces.branding, utm: workspaces.utm })
      .from(workspaces)
      .where(eq(workspaces.id, ctx.workspaceId))
      .for("update");
    const before = required(row, "workspace");
    if (branding.logoFileId !== null) {
      const [logo] = await findFiles(tx, ctx, [branding.logoFileId]);
      if (!logo?.mediaType.startsWith("image/"))
        throw new AppError("BAD_INPUT", "The logo is not stored here any more. Add it again.", {
          field: "logoFileId",
        });
      // What nobody shows is swept away after a while; a logo stays.
      await markSent(tx, ctx, [branding.logoFileId]);
    }
    await tx.update(workspaces).set({ branding, utm }).where(eq(workspaces.id, ctx.workspaceId));
    await recordAudit(tx, ctx, {
      action: "workspace.branding_changed",
      subjectType: "workspace",
      subjectId: ctx.workspaceId,
      before: { branding: before.branding, utm: before.utm },
      after: { branding, utm },
    });
  });
}
