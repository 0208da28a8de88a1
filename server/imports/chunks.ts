import { readRows } from "./csv";
import { parseRow, type ReadRow, type RejectedRow } from "./parse-row";
import type { RowPlan } from "./row-plan";

/** Some thousand rows of a file, parsed and judged by themselves. */
export type Chunk = {
  /** Data rows before this chunk; the first data row is number 1. */
  after: number;
  /** The last row of the chunk, and the byte behind it: the checkpoint when the chunk is done. */
  rowsRead: number;
  bytesRead: number;
  accepted: ReadRow[];
  rejected: RejectedRow[];
};

export const ROWS_A_CHUNK = 2_000;
/** Long rows make a chunk shorter, so that memory stays flat. */
const BYTES_A_CHUNK = 4 * 1024 * 1024;

type Place = { path: string; delimiter: string; plan: RowPlan; rowsRead: number; bytesRead: number };

const emptyAfter = (rowsRead: number, bytesRead: number): Chunk => ({
  after: rowsRead,
  rowsRead,
  bytesRead,
  accepted: [],
  rejected: [],
});

/** The rest of a file from a checkpoint on, in chunks. @throws AppError as `readRows` */
export async function* readChunks(place: Place): AsyncGenerator<Chunk> {
  let chunk = emptyAfter(place.rowsRead, place.bytesRead);
  let startedAt = place.bytesRead;
  const { skipRows, hasHeader } = place.plan.options;
  let above = place.bytesRead === 0 ? skipRows + (hasHeader ? 1 : 0) : 0;
  for await (const { cells, end } of readRows(place.path, place.delimiter, place.bytesRead)) {
    if (above > 0) {
      above--;
      continue;
    }
    chunk.rowsRead++;
    chunk.bytesRead = end;
    const row = parseRow(place.plan, chunk.rowsRead, cells);
    if ("reason" in row) chunk.rejected.push(row);
    else chunk.accepted.push({ row, cells });
    if (chunk.rowsRead - chunk.after < ROWS_A_CHUNK && end - startedAt < BYTES_A_CHUNK) continue;
    yield chunk;
    startedAt = end;
    chunk = emptyAfter(chunk.rowsRead, end);
  }
  if (chunk.rowsRead > chunk.after) yield chunk;
}
