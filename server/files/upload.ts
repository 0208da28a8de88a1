import { createHash } from "node:crypto";
import { files } from "@/db/schema/files";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { formatBytes } from "@/server/platform/format";
import { newId } from "@/server/platform/ids";
import { imageSize } from "./image-size";
import { storageKey } from "./read";
import type { FileInfo } from "./schemas";
import { sniff } from "./sniff";
import { type FileKind, fileEditors, fileKinds, kindOf, MOST_BYTES } from "./status";
import { storage } from "./storage";

/** `kinds`: what the place where it is added takes. */
export type Upload = { name: string; kinds: readonly FileKind[]; content: AsyncIterable<Uint8Array> };

/**
 * Stores an image or a document after looking at what it is. Its bytes never change afterwards. @throws AppError FORBIDDEN,
 * BAD_INPUT (empty), PAYLOAD_TOO_LARGE, UNSUPPORTED with the reason, UNAVAILABLE (storage)
 */
export async function uploadFile(ctx: Context, upload: Upload): Promise<FileInfo> {
  requireRole(ctx, ...fileEditors);
  const bytes = await collect(upload.content);
  const name = cleanName(upload.name);
  const mediaType = typeOf(bytes, name, upload.kinds);
  const size = imageSize(bytes, mediaType);
  const info: FileInfo = {
    id: newId(),
    name,
    mediaType,
    bytes: bytes.length,
    width: size?.width ?? null,
    height: size?.height ?? null,
  };
  const key = storageKey(ctx.workspaceId, info.id);
  // Stored first: a row without bytes would be a broken picture.
  await storage().put(key, bytes, mediaType);
  try {
    await record(ctx, info, bytes);
  } catch (error) {
    await storage().remove(key);
    throw error;
  }
  return info;
}

function record(ctx: Context, info: FileInfo, bytes: Buffer): Promise<void> {
  const { mediaType } = info;
  return withTransaction(ctx, async (tx) => {
    await tx.insert(files).values({
      ...info,
      workspaceId: ctx.workspaceId,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      uploadedBy: ctx.userId,
    });
    await recordAudit(tx, ctx, {
      action: "file.uploaded",
      subjectType: "file",
      subjectId: info.id,
      after: { mediaType, bytes: bytes.length },
    });
  });
}

async function collect(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw tooLarge(MOST_BYTES);
    chunks.push(chunk);
  }
  if (bytes === 0) throw new AppError("BAD_INPUT", "The file is empty.");
  return Buffer.concat(chunks);
}

const tooLarge = (most: number): AppError =>
  new AppError("PAYLOAD_TOO_LARGE", `The file is larger than ${formatBytes(most)}. Make it smaller.`, {
    max: most,
  });

function typeOf(bytes: Buffer, name: string, kinds: readonly FileKind[]): string {
  const sniffed = sniff(bytes, name);
  if (!sniffed.ok) throw new AppError("UNSUPPORTED", sniffed.reason);
  const kind = kindOf(sniffed.mediaType);
  if (!kind || !kinds.includes(kind))
    throw new AppError(
      "UNSUPPORTED",
      `Here only ${kinds.map((each) => `${each === "image" ? "an" : "a"} ${fileKinds[each].label}`).join(" or ")} can be used.`,
    );
  if (bytes.length > fileKinds[kind].most) throw tooLarge(fileKinds[kind].most);
  return sniffed.mediaType;
}

/** The last part of the path that a browser may send, without characters that a header or a disk would stumble over. */
function cleanName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? "";
  return (
    last
      .normalize("NFC")
      .replace(/[\p{Cc}\p{Cf}"<>|:*?]/gu, "")
      .replace(/^\.+/, "")
      .trim()
      .slice(-120) || "file"
  );
}
