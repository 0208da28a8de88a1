import { and, eq, ne } from "drizzle-orm";
import { teams } from "@/db/schema/workspaces";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { nameTaken } from "./create-team";

/** A team of this workspace, locked until the transaction ends. @throws AppError NOT_FOUND */
export async function lockTeam(
  tx: Transaction,
  ctx: Context,
  teamId: string,
): Promise<{ id: string; name: string }> {
  const [team] = await tx
    .select({ id: teams.id, name: teams.name })
    .from(teams)
    .where(and(eq(teams.workspaceId, ctx.workspaceId), eq(teams.id, parseId(teamId))))
    .for("update");
  return required(team, "team");
}

/** Gives a team another name. @throws AppError NOT_FOUND; CONFLICT when the name is taken */
export async function renameTeam(ctx: Context, input: { teamId: string; name: string }): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const team = await lockTeam(tx, ctx, input.teamId);
    if (team.name === input.name) return;
    const [taken] = await tx
      .select({ id: teams.id })
      .from(teams)
      .where(and(eq(teams.workspaceId, ctx.workspaceId), eq(teams.name, input.name), ne(teams.id, team.id)));
    if (taken) throw nameTaken();
    await tx.update(teams).set({ name: input.name }).where(eq(teams.id, team.id));
    await recordAudit(tx, ctx, {
      action: "team.renamed",
      subjectType: "team",
      subjectId: team.id,
      before: { name: team.name },
      after: { name: input.name },
    });
  });
}
