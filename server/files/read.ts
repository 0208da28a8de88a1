import { withHotTransaction } from "@/db/transaction";
import { required } from "@/server/platform/errors";
import { isId } from "@/server/platform/ids";
import { storage } from "./storage";

/** The key of a file's bytes in the storage. */
export const storageKey = (workspaceId: string, fileId: string): string => `${workspaceId}/${fileId}`;

export type StoredFile = { name: string; mediaType: string; bytes: Buffer };

// Bytes never change, and a campaign's picture goes with each of its messages. Oldest out first.
const MOST_KEPT_BYTES = 48 * 1024 * 1024;
const kept = new Map<string, StoredFile>();

/** A file of the workspace with its bytes. @throws AppError NOT_FOUND, UNAVAILABLE (storage) */
export async function readFile(workspaceId: string, fileId: string): Promise<StoredFile> {
  const key = storageKey(workspaceId, fileId);
  const known = kept.get(key);
  if (known) return known;
  const [row] = isId(fileId)
    ? await withHotTransaction(
        workspaceId,
        (sql) => sql<{ name: string; mediaType: string }[]>`
          select name, media_type as "mediaType" from files where id = ${fileId} and workspace_id = ${workspaceId}`,
      )
    : [];
  const { name, mediaType } = required(row, "file");
  const bytes = required(await storage().get(key), "file");
  return keep(key, { name, mediaType, bytes });
}

function keep(key: string, file: StoredFile): StoredFile {
  kept.set(key, file);
  let total = [...kept.values()].reduce((sum, each) => sum + each.bytes.length, 0);
  for (const [oldest, { bytes }] of kept) {
    if (total <= MOST_KEPT_BYTES) break;
    kept.delete(oldest);
    total -= bytes.length;
  }
  return file;
}
