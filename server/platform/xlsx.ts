import { crc32, createDeflateRaw } from "node:zlib";

export type Cell = string | number | null;

/** XML 1.0 knows no control characters but these three. */
const escaped = (text: string): string =>
  text.replace(/(?![\t\n\r])\p{Cc}/gu, "").replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const cellOf = (cell: Cell): string =>
  cell === null
    ? "<c/>"
    : typeof cell === "number" && Number.isFinite(cell)
      ? `<c><v>${cell}</v></c>`
      : // A text of its own, never a formula: what begins with "=" stays words.
        `<c t="inlineStr"><is><t xml:space="preserve">${escaped(String(cell))}</t></is></c>`;

const rowOf = (cells: readonly Cell[]): string => `<row>${cells.map(cellOf).join("")}</row>`;

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packaged = "http://schemas.openxmlformats.org/package/2006";
const types = "application/vnd.openxmlformats-officedocument.spreadsheetml";

const fixed: readonly [name: string, content: string][] = [
  [
    "[Content_Types].xml",
    `${head}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/></Types>`,
  ],
  [
    "_rels/.rels",
    `${head}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    "xl/workbook.xml",
    `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Table" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ],
  [
    "xl/_rels/workbook.xml.rels",
    `${head}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  ],
];

/** A workbook with one sheet, written while its rows are read: a page of them in memory at a time. The first row is the head. */
export async function* xlsx(
  columns: readonly string[],
  pages: AsyncIterable<readonly (readonly Cell[])[]>,
): AsyncGenerator<Uint8Array> {
  async function* sheet(): AsyncGenerator<string> {
    yield `${head}<worksheet xmlns="${main}"><sheetData>${rowOf(columns)}`;
    for await (const rows of pages) yield rows.map(rowOf).join("");
    yield "</sheetData></worksheet>";
  }
  const directory: Buffer[] = [];
  let offset = 0;
  const names: [string, AsyncIterable<string>][] = [
    ...fixed.map(([name, content]): [string, AsyncIterable<string>] => [name, once(content)]),
    ["xl/worksheets/sheet1.xml", sheet()],
  ];
  for (const [name, content] of names) {
    const begins = offset;
    const title = Buffer.from(name);
    const local = Buffer.concat([
      Buffer.from([0x50, 0x4b, 3, 4]),
      factsOf(title, { sum: 0, packed: 0, raw: 0 }),
      title,
    ]);
    yield local;
    offset += local.length;
    const size = { sum: 0, packed: 0, raw: 0 };
    for await (const piece of deflated(content, size)) {
      yield piece;
      offset += piece.length;
    }
    // The sizes come behind the content, since nobody knows them before.
    const after = Buffer.alloc(16);
    after.writeUInt32LE(0x08074b50, 0);
    after.writeUInt32LE(size.sum, 4);
    after.writeUInt32LE(size.packed, 8);
    after.writeUInt32LE(size.raw, 12);
    yield after;
    offset += after.length;
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(begins, 10);
    directory.push(Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), factsOf(title, size), tail, title);
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.set([0x50, 0x4b, 5, 6]);
  end.writeUInt16LE(names.length, 8);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  yield Buffer.concat([listed, end]);
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

type Size = { sum: number; packed: number; raw: number };

async function* deflated(content: AsyncIterable<string>, size: Size): AsyncGenerator<Buffer> {
  const deflate = createDeflateRaw();
  let goOn: () => void = () => undefined;
  for (const event of ["drain", "close"]) deflate.on(event, () => goOn());
  const written = (async () => {
    for await (const text of content) {
      // Nobody takes it any more: no further row is read.
      if (deflate.destroyed) return;
      const raw = Buffer.from(text);
      size.sum = crc32(raw, size.sum);
      size.raw += raw.length;
      if (!deflate.write(raw))
        await new Promise<void>((resolve) => {
          goOn = resolve;
        });
    }
    deflate.end();
  })().catch((error: unknown) => deflate.destroy(error as Error));
  for await (const piece of deflate as AsyncIterable<Buffer>) {
    size.packed += piece.length;
    yield piece;
  }
  await written;
}

/** What both headers of a file say: version 2.0, sizes behind the content, UTF-8 name, deflated, no time. */
function factsOf(title: Buffer, { sum, packed, raw }: Size): Buffer {
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(20, 0);
  facts.writeUInt16LE(0x0808, 2);
  facts.writeUInt16LE(8, 4);
  facts.writeUInt16LE(0x21, 8); // 1 January 1980, the first day that there is
  facts.writeUInt32LE(sum, 10);
  facts.writeUInt32LE(packed, 14);
  facts.writeUInt32LE(raw, 18);
  facts.writeUInt16LE(title.length, 22);
  return facts;
}
