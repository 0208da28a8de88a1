import { and, eq, inArray } from "drizzle-orm";
import { files } from "@/db/schema/files";
import { type Transaction, withTransaction } from "@/db/transaction";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { isId } from "@/server/platform/ids";
import { filePath } from "./links";
import type { FileInfo } from "./schemas";

/** An hour in which a member can open what was listed. */
const OPEN_MS = 3_600_000;

/** The files with these ids, each with a link that works for an hour; those that are not there are left out. */
export async function listFiles(
  ctx: Context,
  { ids }: { ids: string[] },
): Promise<(FileInfo & { url: string })[]> {
  return withTransaction(ctx, async (tx) => {
    const until = new Date((await readClock(tx)).getTime() + OPEN_MS);
    const found = await findFiles(tx, ctx, ids);
    return found.map((file) => ({ ...file, url: filePath(file.id, until) }));
  });
}

/** The same without links, in the caller's transaction. */
export function findFiles(tx: Transaction, ctx: Context, ids: string[]): Promise<FileInfo[]> {
  const known = ids.filter(isId);
  if (known.length === 0) return Promise.resolve([]);
  return tx
    .select({
      id: files.id,
      name: files.name,
      mediaType: files.mediaType,
      bytes: files.bytes,
      width: files.width,
      height: files.height,
    })
    .from(files)
    .where(and(eq(files.workspaceId, ctx.workspaceId), inArray(files.id, known)));
}
