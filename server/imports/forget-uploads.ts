import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { type NamesSomebody, uploadNames } from "./find-row";
import { removeUpload } from "./storage";

/**
 * Removes the uploaded files of imports that have ended for good: what was refused stands in the database, and an undo needs no
 * file. Called when an import ends and when somebody is erased. Files of imports that can still go on stay. Safe to repeat.
 */
export async function forgetUploads(ctx: Context): Promise<void> {
  const ended = await withTransaction(ctx, (tx) =>
    tx.execute<{ path: string }>(sql`
      select file_path as path from imports where workspace_id = ${ctx.workspaceId}
        and (status in ('completed', 'cancelled', 'undoing', 'undone') or (status = 'failed' and started_at is not null))`),
  );
  await Promise.all(ended.map(({ path }) => removeUpload(path)));
}

type Waiting = { id: string; path: string; delimiter: string };

/** Before its first written row an import can be given up without a loss; one that writes ends first, and then its file goes. */
const waiting = sql`(status in ('uploaded', 'checking', 'checked') or (status = 'failed' and started_at is null))`;

const NAMED =
  "The file named a person who was erased, so it was removed. Nothing had been imported. Take the person out of it and upload it again.";

/** Ends the imports that wait and whose file names somebody who is being erased, and removes those files. Safe to repeat. */
export async function forgetUploadsNaming(ctx: Context, names: NamesSomebody): Promise<void> {
  const uploads = await withTransaction(ctx, (tx) =>
    tx.execute<Waiting>(sql`
      select id, file_path as path, delimiter from imports
      where workspace_id = ${ctx.workspaceId} and ${waiting}`),
  );
  for (const upload of uploads)
    if ((await uploadNames(upload, names)) && (await giveUp(ctx, upload.id))) await removeUpload(upload.path);
}

/** False when somebody let it run meanwhile. */
function giveUp(ctx: Context, importId: string): Promise<boolean> {
  return withTransaction(ctx, async (tx) => {
    const ended = await tx.execute(sql`
      update imports set status = 'failed', failure = ${NAMED}, finished_at = clock_now()
      where workspace_id = ${ctx.workspaceId} and id = ${importId} and ${waiting} returning 1`);
    if (ended.length === 0) return false;
    await tx.execute(sql`delete from import_claims where import_id = ${importId}`);
    await recordAudit(tx, ctx, { action: "import.failed", subjectType: "import", subjectId: importId });
    await bumpTopics(tx, ctx, "imports", `import:${importId}`);
    return true;
  });
}
