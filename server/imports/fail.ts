import { and, eq, inArray, sql } from "drizzle-orm";
import { imports } from "@/db/schema/imports";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { forgetClaims } from "./state";

/** Stops a check, an import or an undo that cannot go on, with a sentence for the person. Whole chunks stay written. */
export async function failImport(ctx: Context, input: { importId: string; failure: string }): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const failed = await tx
      .update(imports)
      .set({ status: "failed", failure: input.failure, finishedAt: sql`clock_now()` })
      .where(
        and(
          eq(imports.workspaceId, ctx.workspaceId),
          eq(imports.id, input.importId),
          inArray(imports.status, ["checking", "importing", "undoing"]),
        ),
      )
      .returning({ id: imports.id });
    if (failed.length === 0) return;
    await forgetClaims(tx, input.importId);
    await recordAudit(tx, ctx, {
      action: "import.failed",
      subjectType: "import",
      subjectId: input.importId,
    });
    await bumpTopics(tx, ctx, "imports", "customers", `import:${input.importId}`);
  });
}
