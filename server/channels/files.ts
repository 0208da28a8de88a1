import { AppError } from "@/server/platform/errors";

/** A file of the workspace, read when a message that carries it goes. */
export type StoredFile = { name: string; mediaType: string; bytes: Buffer };

/** @throws AppError NOT_FOUND when there is no such file in the workspace */
export type FileReader = (workspaceId: string, fileId: string) => Promise<StoredFile>;

/** Nothing stores files yet; a message that names one is refused as its campaign's fault. */
export const readStoredFile: FileReader = async () => {
  throw new AppError("NOT_FOUND", "The file is not stored here.");
};
