import { sql } from "drizzle-orm";
import { sessions } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { systemContext } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { findHomeWorkspace } from "./home-workspace";
import { SESSION_SECONDS } from "./token";
import type { Visitor } from "./visitor";

/** The workspace that a new session of this person opens. @throws AppError FORBIDDEN when they belong to none */
export async function requireWorkspace(userId: string): Promise<string> {
  const workspaceId = await findHomeWorkspace(userId, { active: true });
  if (workspaceId) return workspaceId;
  throw new AppError(
    "FORBIDDEN",
    "You are not a member of any workspace. Ask an administrator of yours for an invitation.",
  );
}

/** A new session of a person who has just proved who they are. Returns its id, which goes into the token. */
export async function startSession(userId: string, visitor: Visitor): Promise<string> {
  const workspaceId = await requireWorkspace(userId);
  const ctx = { ...systemContext(workspaceId), actor: { kind: "user" as const, id: userId }, userId };
  const id = newId();
  await withTransaction(ctx, async (tx) => {
    await tx.insert(sessions).values({
      id,
      userId,
      workspaceId,
      userAgent: visitor.userAgent,
      expiresAt: sql`clock_now() + make_interval(secs => ${SESSION_SECONDS})`,
    });
    await recordAudit(tx, ctx, { action: "session.started", subjectType: "session", subjectId: id });
  });
  return id;
}
