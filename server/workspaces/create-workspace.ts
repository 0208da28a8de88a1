import { sql } from "drizzle-orm";
import { workspaces } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { systemContext } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { seedSegments } from "@/server/segments";
import { seedTemplates } from "@/server/template-library";

/** A new, empty workspace. Returns its id. @throws AppError CONFLICT when the slug is taken */
export async function createWorkspace(input: { name: string; slug: string }): Promise<{ id: string }> {
  const ctx = systemContext(newId());
  const id = ctx.workspaceId;
  return withTransaction(ctx, async (tx) => {
    const [made] = await tx
      .insert(workspaces)
      .values({ id, ...input })
      .onConflictDoNothing({ target: workspaces.slug })
      .returning({ id: workspaces.id });
    if (!made) throw new AppError("CONFLICT", `There is a workspace with the slug ${input.slug} already.`);
    await recordAudit(tx, ctx, {
      action: "workspace.created",
      subjectType: "workspace",
      subjectId: id,
      after: { name: input.name, slug: input.slug },
    });
    await seedSegments(tx, ctx);
    await seedTemplates(tx, ctx);
    return made;
  });
}

/** The id of the workspace with this slug; null when there is none. For the operator's tool. */
export async function findWorkspace(slug: string): Promise<string | null> {
  const [row] = await withTransaction({ workspaceId: null }, (tx) =>
    tx.execute<{ id: string | null }>(sql`select workspace_by_slug(${slug}) as id`),
  );
  return row?.id ?? null;
}
