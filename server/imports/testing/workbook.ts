import { crc32, deflateRawSync } from "node:zlib";

/** A cell: text, a number, yes or no, or a day as a serial number in a date's style. `raw` is XML as it stands. */
export type Cell = string | number | boolean | null | { serial: number; style?: number } | { raw: string };
export type Sheet = { name: string; rows: Iterable<Cell[]>; hidden?: boolean };

/** Styles of the workbooks made here: 1 a built-in date, 2 dd-mmm-yy, 3 six digits, 4 rupees. */
const STYLES = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="3">
<numFmt numFmtId="164" formatCode="[$-409]dd\\-mmm\\-yy;@"/><numFmt numFmtId="165" formatCode="000000"/>
<numFmt numFmtId="166" formatCode="&quot;₹&quot;\\ #,##0.00"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs></styleSheet>`;

const xmlText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

function columnName(at: number): string {
  const last = String.fromCharCode(65 + (at % 26));
  return at < 26 ? last : columnName(Math.floor(at / 26) - 1) + last;
}

/** An Excel workbook as its bytes. */
export function makeWorkbook(sheets: Sheet[], options: { from1904?: boolean } = {}): Buffer {
  const strings = new Map<string, number>();
  const cell = (value: Cell, reference: string): string => {
    if (value === null || value === "") return "";
    if (typeof value === "number") return `<c r="${reference}"><v>${value}</v></c>`;
    if (typeof value === "boolean") return `<c r="${reference}" t="b"><v>${value ? 1 : 0}</v></c>`;
    if (typeof value === "object" && "raw" in value) return value.raw;
    if (typeof value === "object")
      return `<c r="${reference}" s="${value.style ?? 1}"><v>${value.serial}</v></c>`;
    const index = strings.get(value) ?? strings.size;
    strings.set(value, index);
    return `<c r="${reference}" t="s"><v>${index}</v></c>`;
  };
  const files: [string, Buffer][] = sheets.map(({ rows }, nth) => {
    const pieces: Buffer[] = [];
    let at = 0;
    for (const row of rows) {
      at++;
      pieces.push(
        Buffer.from(
          `<row r="${at}">${row.map((value, column) => cell(value, columnName(column) + at)).join("")}</row>`,
        ),
      );
    }
    return [
      `xl/worksheets/sheet${nth + 1}.xml`,
      Buffer.concat([
        Buffer.from("<worksheet><sheetData>"),
        ...pieces,
        Buffer.from("</sheetData></worksheet>"),
      ]),
    ];
  });
  const list = sheets
    .map(
      ({ name, hidden }, nth) =>
        `<sheet name="${xmlText(name)}" sheetId="${nth + 1}" r:id="rId${nth + 1}"${hidden ? ' state="hidden"' : ""}/>`,
    )
    .join("");
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
  files.push(
    [
      "_rels/.rels",
      Buffer.from(`<Relationships>${relation("r", "officeDocument", "xl/workbook.xml")}</Relationships>`),
    ],
    [
      "xl/workbook.xml",
      Buffer.from(
        `<workbook><workbookPr date1904="${options.from1904 ? 1 : 0}"/><sheets>${list}</sheets></workbook>`,
      ),
    ],
    [
      "xl/_rels/workbook.xml.rels",
      Buffer.from(
        `<Relationships>${sheets.map((_, nth) => relation(`rId${nth + 1}`, "worksheet", `worksheets/sheet${nth + 1}.xml`)).join("")}${relation("s", "sharedStrings", "sharedStrings.xml")}${relation("y", "styles", "/xl/styles.xml")}</Relationships>`,
      ),
    ],
    ["xl/styles.xml", Buffer.from(STYLES)],
    [
      "xl/sharedStrings.xml",
      Buffer.from(
        `<sst>${[...strings.keys()].map((text) => `<si><t xml:space="preserve">${xmlText(text)}</t></si>`).join("")}</sst>`,
      ),
    ],
  );
  return makeZip(files);
}

/** A ZIP archive of some files. */
export function makeZip(files: [name: string, content: Buffer][]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of files) {
    const packed = deflateRawSync(content, { level: 1 });
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), common, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), common, tail, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const size = directory.reduce((sum, each) => sum + each.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}
