import { readFile, type StoredFile } from "@/server/files";
import { AppError } from "@/server/platform/errors";
import type { SendOutcome } from "./adapter";

export type { StoredFile };

/** @throws FileUnavailable when it cannot be had, for whatever reason */
export type FileReader = (workspaceId: string, fileId: string) => Promise<StoredFile>;

/** A file that a message carries cannot be had: the fault of what is sent, or of the storage, and never of the provider. */
export class FileUnavailable extends Error {
  override readonly name = "FileUnavailable";
  /** There is no such file, and waiting does not bring it back. */
  readonly gone: boolean;

  constructor(cause: unknown) {
    const known = cause instanceof AppError;
    super(known ? cause.message : "it cannot be read", { cause });
    this.gone = known && cause.code === "NOT_FOUND";
  }
}

export const readStoredFile: FileReader = async (workspaceId, fileId) => {
  try {
    return await readFile(workspaceId, fileId);
  } catch (error) {
    throw new FileUnavailable(error);
  }
};

/** What becomes of a message whose file cannot be had: a person mends what is gone, the rest waits by itself. */
export const withoutFile = ({ gone, message }: FileUnavailable): SendOutcome =>
  gone
    ? {
        kind: "configuration",
        scope: "content",
        begun: false,
        detail: message,
        sentence: "A file that goes with the messages is gone. Nothing was lost: add it again, then resume.",
      }
    : { kind: "unprepared", why: `a file that goes with them cannot be had: ${message}` };
