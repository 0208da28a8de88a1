import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { enqueue } from "@/server/jobs/enqueue";
import type { Context } from "@/server/platform/context";
import { lockRules } from "./find";

/**
 * Segments whose comings and goings are listened to have a stored membership from here on; those that had none are filled
 * soon. Call it after what listens was written: who edits segments looks for that before membership is forgotten.
 */
export async function trackSegments(tx: Transaction, ctx: Context, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  // Else somebody who has just looked would take away what is found here.
  await lockRules(tx, ctx);
  const begun = await tx.execute<{ id: string; version: number }>(sql`
    update segments set tracked = true, updated_at = clock_now()
    where workspace_id = ${ctx.workspaceId} and id = any(${sql.param([...ids])}::uuid[]) and not tracked and deleted_at is null
    returning id, version`);
  for (const { id, version } of begun)
    await enqueue(tx, ctx, "segment/recompute.requested", { segmentId: id }, `${id}:listen:${version}`);
}
