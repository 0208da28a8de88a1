import path from "node:path/posix";
import { AppError } from "@/server/platform/errors";
import { type Archive, damaged } from "./archive";
import { lookOf, type NumberLook } from "./cell-text";
import { walkXml } from "./xml";

export type SheetPart = { name: string; part: string };

/** What a workbook says of itself, before its rows are read. */
export type Workbook = {
  /** Visible sheets in their order, with the part that holds each. */
  sheets: SheetPart[];
  /** Those that Excel does not show: nothing is imported from them, yet they are in the file. */
  hidden: SheetPart[];
  sharedStrings: string | null;
  /** Style number → what it makes of a number. */
  looks: NumberLook[];
  from1904: boolean;
};

const notWorkbook = (archive: Archive): AppError => {
  if (archive.has("xl/workbook.bin"))
    return unsupported("This is a binary Excel workbook (.xlsb)", "Excel workbook (.xlsx)");
  if (archive.has("content.xml")) return unsupported("This is an OpenDocument sheet (.ods)", "Excel (.xlsx)");
  if (archive.has("word/document.xml"))
    return unsupported("This is a Word document", "Excel workbook (.xlsx)");
  return new AppError(
    "UNSUPPORTED",
    "This is a ZIP archive without a workbook in it. Unpack it and upload the CSV or Excel file that it holds.",
  );
};
const unsupported = (what: string, as: string): AppError =>
  new AppError("UNSUPPORTED", `${what}. Open it, choose “Save as”, “${as}”, and upload that file.`);

/** @throws AppError UNSUPPORTED when the archive is not a workbook */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const main = await mainPart(archive);
  const relations = await relationsOf(archive, main);
  const sheets: SheetPart[] = [];
  const hidden: SheetPart[] = [];
  let from1904 = false;
  await walkXml(archive, main, {
    open: (name, attributes) => {
      if (name === "workbookPr") from1904 = ["1", "true"].includes(attributes.date1904 ?? "");
      if (name !== "sheet") return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(":id"))?.[1] ?? "";
      const target = relations.find((relation) => relation.id === id);
      // Charts and macro sheets stand in the same list.
      if (target?.type.endsWith("/worksheet"))
        ((attributes.state ?? "visible") === "visible" ? sheets : hidden).push({
          name: attributes.name ?? "",
          part: target.part,
        });
    },
  });
  if (sheets.length === 0)
    throw new AppError("BAD_INPUT", "The workbook has no sheet with cells. Nothing to import.");
  const partOf = (type: string) => relations.find((relation) => relation.type.endsWith(type))?.part ?? null;
  const styles = partOf("/styles");
  return {
    sheets,
    hidden,
    from1904,
    sharedStrings: existing(archive, partOf("/sharedStrings")),
    looks: styles && archive.has(styles) ? await readLooks(archive, styles) : [],
  };
}

const existing = (archive: Archive, part: string | null) => (part && archive.has(part) ? part : null);

async function mainPart(archive: Archive): Promise<string> {
  if (!archive.has("_rels/.rels")) throw notWorkbook(archive);
  const relations = await relationsOf(archive, "");
  const main = relations.find((relation) => relation.type.endsWith("/officeDocument"))?.part;
  if (!main || main.endsWith(".bin") || !/^xl\//i.test(main)) throw notWorkbook(archive);
  if (!archive.has(main)) throw damaged();
  return main;
}

type Relation = { id: string; type: string; part: string };

/** The parts that a part refers to; those of the archive itself for "". */
async function relationsOf(archive: Archive, part: string): Promise<Relation[]> {
  const file = path.join(path.dirname(part), "_rels", `${path.basename(part)}.rels`);
  const relations: Relation[] = [];
  if (!archive.has(file)) throw damaged();
  await walkXml(archive, file, {
    open: (name, { Id = "", Type = "", Target = "" }) => {
      if (name !== "Relationship") return;
      const target = Target.startsWith("/") ? Target.slice(1) : path.join(path.dirname(part), Target);
      relations.push({ id: Id, type: Type, part: target });
    },
  });
  return relations;
}

async function readLooks(archive: Archive, part: string): Promise<NumberLook[]> {
  const codes = new Map<number, string>();
  const looks: NumberLook[] = [];
  let inCellFormats = false;
  await walkXml(archive, part, {
    open: (name, attributes) => {
      if (name === "numFmt") codes.set(Number(attributes.numFmtId), attributes.formatCode ?? "");
      if (name === "cellXfs") inCellFormats = true;
      if (name === "xf" && inCellFormats) {
        const id = Number(attributes.numFmtId ?? 0);
        looks.push(lookOf(id, codes.get(id)));
      }
    },
    close: (name) => {
      if (name === "cellXfs") inCellFormats = false;
    },
  });
  return looks;
}
