import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { AppError } from "@/server/platform/errors";
import { readRows } from "./csv";
import { absolutePath, workbookPath } from "./storage";
import { everySheet, workbookToCsv } from "./workbook/to-csv";

/** Whether the cells of a row name one of some persons. */
export type NamesSomebody = (cells: readonly string[]) => boolean;

type Upload = { path: string; delimiter: string };

/**
 * Whether an uploaded file has a row that the test finds, on any sheet of a workbook, hidden ones too. One that is gone has none; one that
 * cannot be read to its end is taken to have one, for nobody could say that it has not.
 */
export async function uploadNames(upload: Upload, names: NamesSomebody): Promise<boolean> {
  const target = absolutePath(upload.path);
  if (await hasRow(target, upload.delimiter, names)) return true;
  const look = `${target}.look`;
  const workbook = workbookPath(target);
  try {
    // A file that came as CSV has none beside it.
    for (const sheet of existsSync(workbook) ? await everySheet(workbook) : []) {
      await workbookToCsv(workbook, look, sheet);
      if (await hasRow(look, ",", names)) return true;
    }
    return false;
  } catch (error) {
    return isThere(error);
  } finally {
    await rm(look, { force: true });
  }
}

async function hasRow(path: string, delimiter: string, names: NamesSomebody): Promise<boolean> {
  try {
    for await (const { cells } of readRows(path, delimiter, 0)) if (names(cells)) return true;
    return false;
  } catch (error) {
    return isThere(error);
  }
}

/** False for a file that is gone, true for one that cannot be read. @throws the disk's other errors */
function isThere(error: unknown): boolean {
  if (error instanceof AppError) return error.code !== "NOT_FOUND";
  if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
  throw error;
}
