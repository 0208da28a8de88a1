import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { removeUpload } from "./storage";

/**
 * Removes the uploaded files of imports that have ended for good: what was refused stands in the database, and an undo needs no
 * file. Files of imports that can still go on stay. Safe to repeat.
 */
export async function forgetUploads(ctx: Context): Promise<void> {
  const ended = await withTransaction(ctx, (tx) =>
    tx.execute<{ path: string }>(sql`
      select file_path as path from imports where workspace_id = ${ctx.workspaceId}
        and (status in ('completed', 'cancelled', 'undone') or (status = 'failed' and started_at is not null))`),
  );
  await Promise.all(ended.map(({ path }) => removeUpload(path)));
}
