import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { removeUpload } from "@/server/imports";
import type { Context } from "@/server/platform/context";

/**
 * Removes the uploaded files of consents and suppressions that have ended: completed, failed or cancelled. What was refused
 * stands in the database. Safe to repeat.
 */
export async function forgetConsentFiles(ctx: Context): Promise<void> {
  const ended = await withTransaction(ctx, (tx) =>
    tx.execute<{ path: string }>(sql`
      select file_path as path from consent_files
      where workspace_id = ${ctx.workspaceId} and status in ('completed', 'failed', 'cancelled')`),
  );
  await Promise.all(ended.map(({ path }) => removeUpload(path)));
}
