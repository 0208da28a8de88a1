import { readFile, type StoredFile } from "@/server/files";

export type { StoredFile };

/** @throws AppError NOT_FOUND when there is no such file in the workspace */
export type FileReader = (workspaceId: string, fileId: string) => Promise<StoredFile>;

export const readStoredFile: FileReader = readFile;
