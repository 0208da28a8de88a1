import { eq } from "drizzle-orm";
import { memberships } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context, Role } from "@/server/platform/context";
import { keepAnAdministrator, lockMember } from "./member";

/** Gives a member another role, from their next request on. @throws AppError NOT_FOUND; CONFLICT for the last administrator */
export async function changeRole(ctx: Context, input: { membershipId: string; role: Role }): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    if (input.role !== "admin") await keepAnAdministrator(tx, ctx, input.membershipId);
    const member = await lockMember(tx, ctx, input.membershipId);
    if (member.role === input.role) return;
    await tx.update(memberships).set({ role: input.role }).where(eq(memberships.id, member.id));
    await recordAudit(tx, ctx, {
      action: "member.role_changed",
      subjectType: "member",
      subjectId: member.id,
      before: { role: member.role },
      after: { role: input.role },
    });
  });
}
