import { expect, test } from "vitest";
import { csvRows, type RowCounter, workbookRows } from "@/components/ui/count-rows";
import { CSV_MARK, csvLine } from "./csv";
import { xlsx } from "./xlsx";

const rows = Array.from({ length: 20_000 }, (_, nth) => [
  `<row> "${nth}"\nof row>s`,
  nth * 7919,
  (nth * 2_654_435_761) % 4_294_967_296,
]);

async function* pages() {
  for (let at = 0; at < rows.length; at += 1_000) yield rows.slice(at, at + 1_000);
}

async function workbook(): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  for await (const piece of xlsx(["words", "one", "other"], pages())) pieces.push(piece);
  return new Uint8Array(Buffer.concat(pieces));
}

const csv = async (): Promise<Uint8Array<ArrayBuffer>> =>
  new TextEncoder().encode(
    CSV_MARK + csvLine(["words", "one", "other"]) + rows.map((row) => csvLine(row.map(String))).join(""),
  );

test.each([
  ["a workbook", workbook, workbookRows],
  ["a CSV file", csv, csvRows],
])("the rows of %s are counted while it comes, however it is cut", async (_, file, counter) => {
  const bytes = await file();
  for (const size of [1 << 20, 16_384, 20]) {
    const told: number[] = [];
    const rowCounter: RowCounter = counter((count) => told.push(count));
    for (let at = 0; at < bytes.length; at += size) rowCounter.take(bytes.slice(at, at + size));
    await rowCounter.end();
    expect(told.at(-1), `in pieces of ${size}`).toBe(rows.length);
    expect(told.toSorted((one, other) => one - other)).toEqual(told);
    if (size < 1 << 20) expect(new Set(told).size).toBeGreaterThan(10);
  }
});
