import { withTransaction } from "@/db/transaction";
import type { Attachment } from "@/server/campaigns/content";
import type { Context } from "@/server/platform/context";
import { notFound } from "@/server/platform/errors";
import { findFiles } from "./list";

/** Uploaded files as a campaign attaches them, in the order of their ids. @throws AppError NOT_FOUND for one that is not there */
export async function findAttachments(ctx: Context, ids: string[]): Promise<Attachment[]> {
  const found = await withTransaction(ctx, (tx) => findFiles(tx, ctx, ids));
  return ids.map((id) => {
    const file = found.find((each) => each.id === id);
    if (!file) throw notFound("file");
    return { fileId: file.id, name: file.name, mediaType: file.mediaType, bytes: file.bytes };
  });
}
