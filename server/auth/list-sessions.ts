import { and, desc, eq, gt, isNull } from "drizzle-orm";
import { sessions, workspaces } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { clockNow } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { describeBrowser } from "./describe-browser";

export type SessionLine = {
  id: string;
  /** "Chrome on Android". */
  browser: string;
  workspaceName: string | null;
  createdAt: Date;
  lastSeenAt: Date;
};

/** The own sessions that still live, the one used last first; at most 100. */
export async function listSessions(ctx: Context): Promise<SessionLine[]> {
  const userId = required(ctx.userId, "session");
  const rows = await withTransaction(ctx, (tx) =>
    tx
      .select({
        id: sessions.id,
        userAgent: sessions.userAgent,
        workspaceName: workspaces.name,
        createdAt: sessions.createdAt,
        lastSeenAt: sessions.lastSeenAt,
      })
      .from(sessions)
      .leftJoin(workspaces, eq(workspaces.id, sessions.workspaceId))
      .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt), gt(sessions.expiresAt, clockNow)))
      .orderBy(desc(sessions.lastSeenAt), desc(sessions.id))
      .limit(100),
  );
  return rows.map(({ userAgent, ...row }) => ({ ...row, browser: describeBrowser(userAgent) }));
}
