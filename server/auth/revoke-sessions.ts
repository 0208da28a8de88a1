import { and, eq, isNull, ne } from "drizzle-orm";
import { sessions } from "@/db/schema/workspaces";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";

/** Ends every session of a person but one, within a transaction. Returns how many ended. */
export async function revokeSessions(
  tx: Transaction,
  userId: string,
  except: string | null,
): Promise<number> {
  const ended = await tx
    .update(sessions)
    .set({ revokedAt: clockNow })
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.revokedAt),
        except ? ne(sessions.id, except) : undefined,
      ),
    )
    .returning({ id: sessions.id });
  return ended.length;
}

/** Ends one session of the own ones; its browser is signed out at its next request. @throws AppError NOT_FOUND */
export async function revokeSession(ctx: Context, input: { sessionId: string }): Promise<void> {
  const userId = required(ctx.userId, "session");
  await withTransaction(ctx, async (tx) => {
    const [ended] = await tx
      .update(sessions)
      .set({ revokedAt: clockNow })
      .where(
        and(
          eq(sessions.id, parseId(input.sessionId)),
          eq(sessions.userId, userId),
          isNull(sessions.revokedAt),
        ),
      )
      .returning({ id: sessions.id });
    const { id } = required(ended, "session");
    await recordAudit(tx, ctx, { action: "session.revoked", subjectType: "session", subjectId: id });
  });
}

/** Ends all own sessions but the one that asks. Returns how many ended. */
export async function revokeOtherSessions(ctx: Context, input: { keep: string }): Promise<number> {
  const userId = required(ctx.userId, "session");
  return withTransaction(ctx, async (tx) => {
    const sessionsEnded = await revokeSessions(tx, userId, input.keep);
    await recordAudit(tx, ctx, {
      action: "session.others_revoked",
      subjectType: "user",
      subjectId: userId,
      after: { sessionsEnded },
    });
    return sessionsEnded;
  });
}
