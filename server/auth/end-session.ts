import { and, eq, isNull } from "drizzle-orm";
import { sessions } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { clockNow } from "@/server/platform/clock";
import { newId } from "@/server/platform/ids";
import type { SignedIn } from "./signed-in";
import { contextOf } from "./signed-in";

/** Signs this browser out; its token is worth nothing from now on. Ending an ended session changes nothing. */
export async function endSession(signedIn: SignedIn): Promise<void> {
  const ctx = contextOf(signedIn, newId());
  await withTransaction(ctx, async (tx) => {
    const [ended] = await tx
      .update(sessions)
      .set({ revokedAt: clockNow })
      .where(and(eq(sessions.id, signedIn.sessionId), isNull(sessions.revokedAt)))
      .returning({ id: sessions.id });
    if (ended)
      await recordAudit(tx, ctx, { action: "session.ended", subjectType: "session", subjectId: ended.id });
  });
}
