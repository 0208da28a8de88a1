/** Longest line that RFC 2045 allows is 76, of which a soft break's "=" is one. */
const LONGEST = 75;
const HEX = Buffer.from("0123456789ABCDEF");
const [CR, LF, EQUALS, SPACE, TAB] = [0x0d, 0x0a, 0x3d, 0x20, 0x09];

/** Bytes that stand for themselves wherever they stand: what can be printed, but for "=". */
const LITERAL = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte > SPACE && byte < 0x7f && byte !== EQUALS ? 1 : 0,
);

/** The most bytes that `writeQuotedPrintable` makes of so many. */
export const mostQuotedPrintable = (bytes: number): number => Math.ceil(bytes * 3 * (1 + 3 / 72)) + 16;

/**
 * Writes text as quoted-printable (RFC 2045) into `target` from `at` on, each line end as CRLF. Returns where it ended.
 * `target` has room for `mostQuotedPrintable` of the text's UTF-8 bytes.
 */
export function writeQuotedPrintable(text: Buffer, target: Buffer, at: number): number {
  let place = at;
  let column = 0;
  const writeEscaped = (byte: number) => {
    if (column > LONGEST - 3) softBreak();
    target[place++] = EQUALS;
    target[place++] = HEX[byte >> 4] as number;
    target[place++] = HEX[byte & 15] as number;
    column += 3;
  };
  const softBreak = () => {
    target[place++] = EQUALS;
    target[place++] = CR;
    target[place++] = LF;
    column = 0;
  };
  for (let index = 0; index < text.length; index++) {
    const byte = text[index] as number;
    if (LITERAL[byte] === 1) {
      if (column === LONGEST) softBreak();
      target[place++] = byte;
      column++;
    } else if (byte === LF || byte === CR) {
      if (byte === CR && text[index + 1] === LF) index++;
      target[place++] = CR;
      target[place++] = LF;
      column = 0;
    } else if ((byte === SPACE || byte === TAB) && !endsLine(text, index + 1)) {
      if (column === LONGEST) softBreak();
      target[place++] = byte;
      column++;
    } else writeEscaped(byte);
  }
  return place;
}

/** A blank at the end of a line would be lost on the way. */
const endsLine = (text: Buffer, index: number): boolean =>
  index >= text.length || text[index] === LF || text[index] === CR;
