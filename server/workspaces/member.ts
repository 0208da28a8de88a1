import { and, eq } from "drizzle-orm";
import { memberships } from "@/db/schema/workspaces";
import type { Transaction } from "@/db/transaction";
import type { Context, Role } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";

export type LockedMember = { id: string; userId: string; role: Role; isApprover: boolean };

/** An active member of this workspace, locked until the transaction ends. @throws AppError NOT_FOUND */
export async function lockMember(tx: Transaction, ctx: Context, membershipId: string): Promise<LockedMember> {
  const [member] = await tx
    .select({
      id: memberships.id,
      userId: memberships.userId,
      role: memberships.role,
      isApprover: memberships.isApprover,
    })
    .from(memberships)
    .where(
      and(
        eq(memberships.workspaceId, ctx.workspaceId),
        eq(memberships.id, parseId(membershipId)),
        eq(memberships.status, "active"),
      ),
    )
    .for("update");
  return required(member, "member");
}

/**
 * Makes sure that an administrator stays when this member stops being one. Locks all administrators in one order, so
 * that two who remove each other cannot both succeed; call it before `lockMember`. @throws AppError CONFLICT
 */
export async function keepAnAdministrator(
  tx: Transaction,
  ctx: Context,
  membershipId: string,
): Promise<void> {
  const administrators = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .where(
      and(
        eq(memberships.workspaceId, ctx.workspaceId),
        eq(memberships.role, "admin"),
        eq(memberships.status, "active"),
      ),
    )
    .orderBy(memberships.id)
    .for("update");
  if (administrators.length === 1 && administrators[0]?.id === parseId(membershipId))
    throw new AppError(
      "CONFLICT",
      "This is the last administrator of the workspace. Make somebody else an administrator first.",
    );
}
