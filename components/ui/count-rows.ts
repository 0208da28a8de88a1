/** Counts the rows of a file while it comes, its head left out. `end` resolves when everything that came is counted. */
export type RowCounter = { take: (bytes: Uint8Array<ArrayBuffer>) => void; end: () => Promise<void> };

const QUOTE = 34;
/** A row's end, outside of quotes: a note may have lines of its own. */
const NEWLINE = 10;

/** Of a CSV file. */
export function csvRows(onRows: (rows: number) => void): RowCounter {
  // The names of the columns are a line too.
  let lines = -1;
  let quoted = false;
  return {
    take: (bytes) => {
      for (const byte of bytes)
        if (byte === QUOTE) quoted = !quoted;
        else if (byte === NEWLINE && !quoted) lines++;
      onRows(Math.max(0, lines));
    },
    end: async () => {},
  };
}

/** The words of a sheet never hold a "<" of their own. */
const ROW = "<row>";
const SHEET = "xl/worksheets/sheet1.xml";

/** Of a workbook as `server/platform/xlsx.ts` writes it, whose sheet is the last file in it: unpacked only to be counted. */
export function workbookRows(onRows: (rows: number) => void): RowCounter {
  const unpacking = new DecompressionStream("deflate-raw");
  const packed = unpacking.writable.getWriter();
  const counted = count(unpacking.readable, onRows);
  let before: string | null = "";
  return {
    take: (bytes) => {
      if (before === null) return void packed.write(bytes).catch(ignored);
      // The sheet begins behind its name; one byte is one character here.
      const known = before.length;
      before += Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
      const at = before.indexOf(SHEET);
      if (at === -1) return;
      before = null;
      packed.write(bytes.subarray(at + SHEET.length - known)).catch(ignored);
    },
    end: async () => {
      packed.close().catch(ignored);
      await counted;
    },
  };
}

/** Behind the sheet come the workbook's last lists, which are nothing to unpack. */
const ignored = () => undefined;

async function count(sheet: ReadableStream<Uint8Array>, onRows: (rows: number) => void): Promise<void> {
  const reader = sheet.getReader();
  // The names of the columns are a row too.
  let rows = -1;
  let matched = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      for (const byte of value) {
        matched = byte === ROW.charCodeAt(matched) ? matched + 1 : Number(byte === ROW.charCodeAt(0));
        if (matched < ROW.length) continue;
        rows++;
        matched = 0;
      }
      onRows(Math.max(0, rows));
    }
  } catch {
    ignored();
  }
}
