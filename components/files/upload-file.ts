import type { FileInfo } from "@/server/files/schemas";
import { type FileKind, fileKinds } from "@/server/files/status";
import { formatBytes } from "@/server/platform/format";

/** Sends a file; what it is is judged by its bytes at the other end. @throws Error in words */
export async function uploadFile(file: File, kinds: readonly FileKind[]): Promise<FileInfo> {
  const most = Math.max(...kinds.map((kind) => fileKinds[kind].most));
  if (file.size > most) throw new Error(`${file.name} is larger than ${formatBytes(most)}. Make it smaller.`);
  const query = new URLSearchParams([["name", file.name], ...kinds.map((kind) => ["kind", kind])]);
  const answer = await fetch(`/api/files?${query}`, {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body: file,
  }).catch(() => null);
  if (!answer) throw new Error("The file did not arrive: there is no connection. Try again.");
  const told = (await answer.json()) as FileInfo & { error?: { message?: string }; message?: string };
  if (!answer.ok)
    throw new Error(told.error?.message ?? told.message ?? "The file could not be stored. Try again.");
  return told;
}

/** What the browser's own chooser offers. */
export const acceptOf = (kinds: readonly FileKind[]): string =>
  kinds.map((kind) => fileKinds[kind].accept).join(",");
