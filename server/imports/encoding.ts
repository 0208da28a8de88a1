import { AppError } from "@/server/platform/errors";

export const encodings = ["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const;
export type Encoding = (typeof encodings)[number];

/** Beginnings of files that people upload by mistake → what they are. */
const signatures: { bytes: number[]; sentence: string }[] = [
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    sentence: "This is an old Excel workbook (.xls), or one that is protected by a password",
  },
  { bytes: [0x25, 0x50, 0x44, 0x46], sentence: "This is a PDF" },
  { bytes: [0x1f, 0x8b], sentence: "This is a compressed file" },
  { bytes: [0x89, 0x50, 0x4e, 0x47], sentence: "This is a picture" },
  { bytes: [0xff, 0xd8, 0xff], sentence: "This is a picture" },
];

const notCsv = (what: string): AppError =>
  new AppError(
    "UNSUPPORTED",
    `${what}, not a CSV file. Open it in a spreadsheet, choose “Save as”, “CSV UTF-8”, and upload that file.`,
  );

/** @throws AppError UNSUPPORTED when the first bytes are those of another kind of file */
function refuseOtherKinds(head: Uint8Array): void {
  for (const { bytes, sentence } of signatures)
    if (bytes.every((byte, at) => head[at] === byte)) throw notCsv(sentence);
}

/** Zero bytes in every second place of Latin text show UTF-16 without a mark. */
function guessUtf16(head: Uint8Array): Encoding | null {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  let even = 0;
  let odd = 0;
  for (const [at, byte] of head.entries()) if (byte === 0) at % 2 === 0 ? even++ : odd++;
  const enough = head.length * 0.35;
  if (odd > enough && even < odd / 10) return "utf-16le";
  return even > enough && odd < even / 10 ? "utf-16be" : null;
}

/** For each byte: 1 when no text holds it, 2 when Windows-1252 does not define it. A table, as every byte is looked up. */
const kinds = new Uint8Array(256);
for (const byte of [0, 1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25])
  kinds[byte] = 1;
for (const byte of [0x81, 0x8d, 0x8f, 0x90, 0x9d]) kinds[byte] = 2;

/**
 * Decides a file's encoding from all of its bytes, as they pass: valid UTF-8 is UTF-8, whatever stands at row 90,000.
 * Call `take` for each chunk, then `decide`.
 */
export function encodingDetector() {
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  let head: Uint8Array | null = null;
  let utf16: Encoding | null = null;
  let isUtf8 = true;
  let binary = false;
  let is1252 = true;

  const asUtf8 = (bytes?: Uint8Array) => {
    if (!isUtf8) return;
    try {
      if (bytes) utf8.decode(bytes, { stream: true });
      else utf8.decode();
    } catch {
      isUtf8 = false;
    }
  };

  return {
    /** @throws AppError UNSUPPORTED at the first chunk of a workbook, a PDF, a picture, … */
    take(bytes: Uint8Array): void {
      if (!head) {
        head = bytes.slice(0, 4_096);
        refuseOtherKinds(head);
        utf16 = guessUtf16(head);
      }
      if (utf16) return;
      for (const byte of bytes) {
        const kind = kinds[byte];
        if (kind === 1) binary = true;
        else if (kind === 2) is1252 = false;
      }
      asUtf8(bytes);
    },
    /** @throws AppError UNSUPPORTED when it is not text, or in none of the encodings that are known */
    decide(): Encoding {
      if (utf16) return utf16;
      if (binary) throw notCsv("This is not a text file");
      asUtf8();
      if (isUtf8) return "utf-8";
      if (is1252) return "windows-1252";
      throw new AppError(
        "UNSUPPORTED",
        "The letters of this file are in an unknown encoding. Save it as “CSV UTF-8” and upload it again.",
      );
    },
  };
}
