import { SaxesParser, type SaxesTagPlain } from "saxes";
import { type Archive, damaged } from "./archive";

export type XmlHandlers = {
  open?: (name: string, attributes: Record<string, string>) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
};

/** No text of a workbook comes near it (a cell holds 32,767 letters); without a bound one would be gathered for ever. */
const LONGEST_SILENCE = 8 * 1024 * 1024;

/** Some programs write `<x:row>`, most write `<row>`. */
const plain = (name: string): string => name.slice(name.indexOf(":") + 1);

/** Walks through one part of an archive as it streams by. Names come without their prefix. @throws AppError UNSUPPORTED */
export async function walkXml(
  archive: Archive,
  part: string,
  handlers: XmlHandlers,
  afterPiece?: () => void | Promise<void>,
): Promise<void> {
  const parser = new SaxesParser({ position: false, xmlns: false });
  let silence = 0;
  parser.on("opentag", ({ name, attributes }: SaxesTagPlain) => {
    silence = 0;
    handlers.open?.(plain(name), attributes);
  });
  parser.on("closetag", ({ name }: SaxesTagPlain) => handlers.close?.(plain(name)));
  if (handlers.text) parser.on("text", handlers.text);
  parser.on("error", () => {
    throw damaged();
  });
  await archive.read(part, async (piece) => {
    silence += piece.length;
    if (silence > LONGEST_SILENCE) throw damaged();
    parser.write(piece);
    await afterPiece?.();
  });
  parser.close();
}
