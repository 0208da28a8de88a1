import type { RichBlock, RichDocument, RichInline, RichList } from "./content";
import type { Entry } from "./nest";
import { type Marks, type Node, type Piece, type Reader, splitTags } from "./reader";

type Align = "left" | "center" | "right";

/** A block of a mail, read. */
export type Block =
  | { kind: "paragraph"; align: Align; inside: Node[] }
  | { kind: "heading"; level: 1 | 2 | 3; align: Align; inside: Node[] }
  | { kind: "list"; ordered: boolean; start: number; items: Block[][] }
  | { kind: "button"; link: number; inside: Node[] }
  | { kind: "image"; fileId: string; alt: string; link: number | null; width: number | null }
  | { kind: "divider" }
  | { kind: "choice"; branches: { condition: number; inside: Block[] }[]; otherwise: Block[] };

/** A paragraph that holds logic and nothing else stands for logic between blocks. */
const LOGIC = /^\s*\{%([^{}%]*)%\}\s*$/;

/** Reads a document: blocks, their words, and the logic between and inside them. */
export function readDocument(document: RichDocument, reader: Reader): Block[] {
  reader.field = "body";
  const entries = document.content.map((block, nth): Entry<{ block: RichBlock; at: number }> => {
    const logic = logicOf(block);
    return logic === null ? { item: { block, at: nth + 1 } } : { logic, at: nth + 1 };
  });
  return reader.choices(entries, (items) => items.flatMap(({ block, at }) => readBlock(block, at, reader)));
}

function logicOf(block: RichBlock): string | null {
  if (block.type !== "paragraph") return null;
  const inside = block.content ?? [];
  if (inside.some((piece) => piece.type !== "text")) return null;
  const words = inside.map((piece) => (piece.type === "text" ? piece.text : "")).join("");
  return LOGIC.exec(words)?.[1] ?? null;
}

function readBlock(block: RichBlock, at: number, reader: Reader): Block[] {
  reader.moveTo(at);
  switch (block.type) {
    case "paragraph": {
      const inside = readInline(block.content, at, reader);
      return [{ kind: "paragraph", align: block.attrs?.textAlign ?? "left", inside }];
    }
    case "heading": {
      const level = block.attrs.level === 1 ? 1 : block.attrs.level === 2 ? 2 : 3;
      const inside = readInline(block.content, at, reader);
      return [{ kind: "heading", level, align: block.attrs.textAlign ?? "left", inside }];
    }
    case "button": {
      const link = reader.link(block.attrs.href);
      const inside = readInline(block.content, at, reader);
      if (inside.length === 0) reader.problem("A button has no words.");
      return link === null
        ? [{ kind: "paragraph", align: "left", inside }]
        : [{ kind: "button", link, inside }];
    }
    case "image": {
      const { fileId, alt, href, width } = block.attrs;
      const link = href === "" ? null : reader.link(href);
      return [{ kind: "image", fileId, alt, link, width: width ?? null }];
    }
    case "horizontalRule":
      return [{ kind: "divider" }];
    case "bulletList":
    case "orderedList":
      return [readList(block, at, reader)];
  }
}

function readList(list: RichList, at: number, reader: Reader): Block {
  return {
    kind: "list",
    ordered: list.type === "orderedList",
    start: list.attrs?.start ?? 1,
    items: list.content.map(({ content }) => content.flatMap((inner) => readBlock(inner, at, reader))),
  };
}

function readInline(content: RichInline[] | undefined, at: number, reader: Reader): Node[] {
  return reader.inline(
    (content ?? []).flatMap((piece): Entry<Piece>[] => {
      const marks = marksOf(piece);
      if (piece.type === "text") return splitTags(piece.text, at, marks);
      if (piece.type === "hardBreak") return [{ item: { kind: "break", marks } }];
      return [{ item: { kind: "tag", source: piece.attrs.source, marks } }];
    }),
  );
}

function marksOf({ marks = [] }: RichInline): Marks {
  const found: Marks = {};
  for (const mark of marks)
    if (mark.type === "link") found.link = mark.attrs.href;
    else found[mark.type] = true;
  return found;
}
