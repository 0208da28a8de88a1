import { and, eq, inArray, isNull } from "drizzle-orm";
import { files } from "@/db/schema/files";
import type { Transaction } from "@/db/transaction";
import { clockNow } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { isId } from "@/server/platform/ids";

/** From now on messages show or carry these files: they are kept. */
export async function markSent(tx: Transaction, ctx: Context, ids: string[]): Promise<void> {
  const known = ids.filter(isId);
  if (known.length === 0) return;
  await tx
    .update(files)
    .set({ sentAt: clockNow })
    .where(and(eq(files.workspaceId, ctx.workspaceId), inArray(files.id, known), isNull(files.sentAt)));
}
