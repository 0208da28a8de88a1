import { teams } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";

/** A new team without members. Returns its id. @throws AppError CONFLICT when the name is taken */
export async function createTeam(ctx: Context, input: { name: string }): Promise<{ id: string }> {
  const id = newId();
  return withTransaction(ctx, async (tx) => {
    const [team] = await tx
      .insert(teams)
      .values({ id, workspaceId: ctx.workspaceId, name: input.name })
      .onConflictDoNothing()
      .returning({ id: teams.id });
    if (!team) throw nameTaken();
    await recordAudit(tx, ctx, {
      action: "team.created",
      subjectType: "team",
      subjectId: id,
      after: { name: input.name },
    });
    return team;
  });
}

export const nameTaken = (): AppError =>
  new AppError("CONFLICT", "There is a team with this name already. Choose another name.", { field: "name" });
