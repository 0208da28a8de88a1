import { hotSql } from "@/db/client";
import { AppError } from "@/server/platform/errors";
import { readFileToken } from "./links";
import { readFile, type StoredFile } from "./read";
import { kindOf } from "./status";

/**
 * The file that a signed link names, for anybody who has the link. Null for a forged one, one that has ended, and a file that
 * is gone. `forever`: the address may be kept, its bytes never change.
 * @throws Error when the storage cannot be read: the file may well be there
 */
export async function openPublicFile(
  token: string,
): Promise<(StoredFile & { inline: boolean; forever: boolean }) | null> {
  const link = readFileToken(token);
  if (!link) return null;
  const [row] = await hotSql()<{ workspace: string | null; now: Date }[]>`
    select workspace_of_file(${link.fileId}) as workspace, clock_now() as now`;
  if (!row?.workspace) return null;
  if (link.until !== null && link.until < row.now) return null;
  const file = await readFile(row.workspace, link.fileId).catch(nothingIfMissing);
  if (!file) return null;
  const inline = kindOf(file.mediaType) !== "document" || file.mediaType === "application/pdf";
  return { ...file, inline, forever: link.until === null };
}

function nothingIfMissing(error: unknown): null {
  if (error instanceof AppError && error.code === "NOT_FOUND") return null;
  throw error;
}
