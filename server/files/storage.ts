import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { env } from "@/env";
import { AppError } from "@/server/platform/errors";
import { s3Storage } from "./s3";

/** Where bytes lie, by a key of ours. A key is written once and never changed. */
export type Storage = {
  put: (key: string, bytes: Buffer, mediaType: string) => Promise<void>;
  /** Null when there is nothing under the key. */
  get: (key: string) => Promise<Buffer | null>;
  /** An absent one is fine. */
  remove: (key: string) => Promise<void>;
};

/** The bucket where one is set up (FILES_S3_…), else the data directory. */
export function storage(): Storage {
  const { FILES_S3_ENDPOINT: endpoint, FILES_S3_BUCKET: bucket } = env;
  const { FILES_S3_KEY_ID: keyId, FILES_S3_SECRET: secret, FILES_S3_REGION: region } = env;
  if (!bucket) return diskStorage;
  if (!endpoint || !keyId || !secret)
    throw new Error(
      "FILES_S3_BUCKET needs FILES_S3_ENDPOINT, FILES_S3_KEY_ID and FILES_S3_SECRET beside it.",
    );
  return s3Storage({ endpoint, bucket, keyId, secret, region });
}

const pathOf = (key: string): string => path.join(env.RINGBACK_DATA_DIR, "files", key);

const diskStorage: Storage = {
  put: async (key, bytes) => {
    const target = pathOf(key);
    const partial = `${target}.part`;
    try {
      await mkdir(path.dirname(target), { recursive: true });
      const file = await open(partial, "w");
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      // On disk before it has its name: after a crash the file is whole or absent.
      await rename(partial, target);
    } catch (error) {
      await rm(partial, { force: true });
      throw explain(error);
    }
  },
  get: async (key) => {
    try {
      return await readFile(pathOf(key));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
  },
  remove: (key) => rm(pathOf(key), { force: true }),
};

function explain(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOSPC" || code === "EDQUOT")
    return new AppError(
      "UNAVAILABLE",
      "The disk of the server is full, so the file could not be stored. Ask your administrator to free space, then add it again.",
    );
  if (code === "EACCES" || code === "EROFS")
    return new AppError(
      "UNAVAILABLE",
      "The server may not write to its data directory, so the file could not be stored. Ask your administrator to check its permissions.",
    );
  return error;
}
