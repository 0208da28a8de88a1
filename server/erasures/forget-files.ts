import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import {
  forgetUploads,
  forgetUploadsNaming,
  type NamesSomebody,
  removeUpload,
  uploadNames,
} from "@/server/imports";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { namedIn, wordsOf } from "./words";

/**
 * What of the data directory names a person who is about to be erased. The rule, which Settings → Privacy tells:
 * 1. The file of an import, or of consents and suppressions, goes when that has ended, whoever is in it: nothing needs it then.
 * 2. One that waits (not checked, checked, failed before its first row) goes now if a row names the person, on any sheet, hidden ones too;
 *    what waited for it ends with a sentence that says why.
 * 3. One that is being written ends first, and goes by 1. The second look of the erasure waits for it (`due_erasures`).
 * Nothing else there holds values of customers: journals hold numbers, `files/` what people attach, the log ids.
 */
export async function forgetFiles(ctx: Context, customerId: string): Promise<void> {
  const names = namedIn(await withTransaction(ctx, (tx) => wordsOf(tx, ctx, [customerId])));
  await forgetUploadsNaming(ctx, names);
  await forgetUploads(ctx);
  await forgetConsentFiles(ctx, names);
}

type ConsentFile = { id: string; path: string; delimiter: string; waits: boolean };

async function forgetConsentFiles(ctx: Context, names: NamesSomebody): Promise<void> {
  const files = await withTransaction(ctx, (tx) =>
    tx.execute<ConsentFile>(sql`
      select id, file_path as path, delimiter, status in ('checking', 'checked') as waits from consent_files
      where workspace_id = ${ctx.workspaceId} and status <> 'importing'`),
  );
  for (const { id, path, delimiter, waits } of files)
    if (!waits || ((await uploadNames({ path, delimiter }, names)) && (await giveUp(ctx, id))))
      await removeUpload(path);
}

const NAMED =
  "The file named a person who was erased, so it was removed. Nothing had been taken in. Take the person out of it and upload it again.";

/** False when somebody let it run meanwhile. */
function giveUp(ctx: Context, fileId: string): Promise<boolean> {
  return withTransaction(ctx, async (tx) => {
    const ended = await tx.execute(sql`
      update consent_files set status = 'failed', failure = ${NAMED}, ended_at = clock_now()
      where workspace_id = ${ctx.workspaceId} and id = ${fileId} and status in ('checking', 'checked') returning 1`);
    if (ended.length === 0) return false;
    await recordAudit(tx, ctx, {
      action: "consent_file.failed",
      subjectType: "consent_file",
      subjectId: fileId,
    });
    await bumpTopics(tx, ctx, "consent-files", `consent-file:${fileId}`);
    return true;
  });
}
