import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { childEnvironment } from "@/env";
import { type Cell, makeWorkbook, makeZip, type Sheet } from "../testing/workbook";
import { lookOf, numberText, serialDay } from "./cell-text";
import { workbookToCsv } from "./to-csv";

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), "ringback-workbook-"));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function convert(bytes: Buffer, wanted?: string) {
  const source = path.join(dir, "in.xlsx");
  const target = path.join(dir, "out.csv");
  writeFileSync(source, bytes);
  const converted = await workbookToCsv(source, target, wanted);
  return { ...converted, lines: readFileSync(target, "utf8").split("\r\n").slice(0, -1) };
}
const sheet = (rows: Cell[][], more: Partial<Sheet> = {}): Sheet => ({ name: "Policies", rows, ...more });

describe("a serial number is a day", () => {
  test.each([
    [1, "1900-01-01"],
    [59, "1900-02-28"],
    [60, null],
    [61, "1900-03-01"],
    [25_569, "1970-01-01"],
    [45_351, "2024-02-29"],
    [45_352.75, "2024-03-01"],
    [2_958_465, "9999-12-31"],
    [2_958_466, null],
    [0.5, null],
  ])("%s is %s", (serial, day) => {
    expect(serialDay(serial)).toBe(day);
  });

  test("counted from 1904 in workbooks of old Macs", () => {
    expect(serialDay(1, true)).toBe("1904-01-02");
    expect(serialDay(43_890 - 0, true)).toBe(serialDay(43_890 + 1_462));
  });
});

test.each([
  [0, undefined, "number"],
  [14, undefined, "date"],
  [22, undefined, "date"],
  [44, undefined, "number"],
  [164, "dd/mm/yyyy", "date"],
  [165, "[$-409]d\\-mmm\\-yy;@", "date"],
  [166, '"Rs. "#,##0.00', "number"],
  [167, "[Red]#,##0;[Red]-#,##0", "number"],
  [168, '[$₹-4009] #,##0.00_);("days "#)', "number"],
  [169, "General", "number"],
  [170, "000000", "padded"],
])("format %i %s shows a %s", (id, code, kind) => {
  expect(lookOf(id, code).kind).toBe(kind);
});

test.each([
  ["9.87654321E9", "9876543210"],
  ["0.30000000000000004", "0.3"],
  ["1234.5", "1234.5"],
  ["123456789012345", "123456789012345"],
  ["1E-7", "0.0000001"],
  ["-12", "-12"],
])("the number %s reads %s", (raw, text) => {
  expect(numberText(raw, { kind: "number" }, false)).toBe(text);
});

test("cells read as a person sees them: texts, days, padded numbers, yes and no, errors as nothing", async () => {
  const { lines, sheet: read } = await convert(
    makeWorkbook([
      sheet([
        ["Policy", "Name", "Due", "Due 2", "Agent", "Premium", "ECS", "Note"],
        [
          9_876_543_210,
          "Asha, Rao",
          { serial: 46_112 },
          { serial: 46_113, style: 2 },
          { serial: 123, style: 3 },
          { serial: 12_345.5, style: 4 },
          true,
          'a "b"\nc',
        ],
        [
          "P2",
          "आशा <&>",
          null,
          { serial: 46_112.4375 },
          null,
          null,
          false,
          { raw: '<c r="H3" t="e"><v>#N/A</v></c>' },
        ],
        [],
        [null, "  "],
        [
          { raw: '<c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r><rPh><t>kana</t></rPh></is></c>' },
          { raw: '<c t="str"><f>A1</f><v>formula</v></c>' },
          { raw: '<x:c r="D6" t="d"><x:v>2026-03-31</x:v></x:c>' },
        ],
      ]),
    ]),
  );
  expect(read).toBe("Policies");
  expect(lines.join("\n")).toBe(
    [
      "Policy,Name,Due,Due 2,Agent,Premium,ECS,Note",
      '9876543210,"Asha, Rao",2026-03-31,2026-04-01,000123,12345.5,TRUE,"a ""b""\nc"',
      "P2,आशा <&>,,2026-03-31T10:30:00,,,FALSE",
      "inline,formula,,2026-03-31",
    ].join("\n"),
  );
});

test("the first visible sheet with a table is read, or the one that is asked for", async () => {
  const bytes = makeWorkbook([
    sheet([["secret"], ["x"]], { name: "Hidden", hidden: true }),
    sheet([["Due list"]], { name: "Cover" }),
    sheet([["Policy"], ["P1"]]),
    sheet([["Policy"], ["P2"]], { name: "Lapsed & gone" }),
  ]);
  expect(await convert(bytes)).toEqual({
    sheet: "Policies",
    sheets: ["Cover", "Policies", "Lapsed & gone"],
    lines: ["Policy", "P1"],
  });
  expect((await convert(bytes, "Lapsed & gone")).lines).toEqual(["Policy", "P2"]);
  await expect(convert(bytes, "Hidden")).rejects.toThrow(/no sheet “Hidden”. It has Cover, Policies/);
});

test("days of a workbook from 1904 are the days that it shows", async () => {
  const { lines } = await convert(makeWorkbook([sheet([["Due"], [{ serial: 44_650 }]])], { from1904: true }));
  expect(lines).toEqual(["Due", "2026-03-31"]);
});

describe("what is no workbook is refused in words, and leaves nothing behind", () => {
  const good = makeWorkbook([sheet([["Policy"], ["P1"]])]);
  test.each([
    ["half a file", good.subarray(0, good.length / 2), /damaged/],
    ["a ZIP of something else", makeZip([["a.txt", Buffer.from("a")]]), /ZIP archive without a workbook/],
    ["OpenDocument", makeZip([["content.xml", Buffer.from("<a/>")]]), /OpenDocument sheet \(\.ods\)/],
    ["a binary workbook", makeZip([["xl/workbook.bin", Buffer.from("a")]]), /binary Excel workbook/],
    ["Word", makeZip([["word/document.xml", Buffer.from("<a/>")]]), /Word document/],
    [
      "empty sheets",
      makeWorkbook([sheet([]), sheet([["title"]], { name: "Two" })]),
      /No sheet .* has column names/,
    ],
    [
      "broken XML",
      makeZip([
        [
          "_rels/.rels",
          Buffer.from(
            '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/w.xml"/></Relationships>',
          ),
        ],
        ["xl/w.xml", Buffer.from("<workbook><sheets>")],
        ["xl/_rels/w.xml.rels", Buffer.from("<Relationships/>")],
      ]),
      /damaged/,
    ],
  ])("%s", async (_name, bytes, sentence) => {
    await expect(convert(Buffer.from(bytes))).rejects.toThrow(sentence);
    expect(readdirSync(dir).filter((name) => name.endsWith(".strings"))).toEqual([]);
  });

  test("a cell that never ends", async () => {
    const bomb = makeWorkbook([sheet([["Policy"], [{ raw: `<c t="str"><v>${"a".repeat(20e6)}</v></c>` }]])]);
    await expect(convert(bomb)).rejects.toThrow(/damaged/);
  });
});

test("100,000 rows with a million different texts are read in little memory", async () => {
  const rows = function* (): Generator<Cell[]> {
    yield Array.from({ length: 14 }, (_, at) => `Column ${at}`);
    for (let nth = 0; nth < 100_000; nth++)
      yield [
        ...Array.from({ length: 10 }, (_, at) => `text ${at} of row ${nth}`),
        nth,
        nth / 7,
        { serial: 40_000 + (nth % 5_000) },
        nth % 2 === 0,
      ];
  };
  const source = path.join(dir, "large.xlsx");
  const target = path.join(dir, "large.csv");
  writeFileSync(source, makeWorkbook([{ name: "Large", rows: rows() }]));
  // The heap holds 48 MB; the texts alone would take twice as much.
  const megabytes = Number(
    execFileSync(
      process.execPath,
      [
        "--max-old-space-size=48",
        "--import",
        "tsx",
        "server/imports/testing/convert-child.ts",
        source,
        target,
      ],
      { env: childEnvironment({}), encoding: "utf8" },
    ),
  );
  expect(megabytes).toBeLessThan(260);
  const lines = readFileSync(target, "utf8").split("\r\n");
  expect(lines).toHaveLength(100_002);
  expect(lines[100_000]).toMatch(/^text 0 of row 99999,text 1 of row 99999,.*,2023-03-14,FALSE$/);
}, 120_000);
