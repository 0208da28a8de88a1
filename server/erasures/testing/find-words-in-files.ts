import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { inflateRawSync } from "node:zlib";

/** Every file under a directory that holds one of the words, as it is or inside of a ZIP's entries; relative, in order. */
export function findWordsInFiles(dir: string, words: readonly string[]): string[] {
  const low = words.map((word) => word.toLowerCase());
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => textsOf(readFileSync(file)).some((text) => low.some((word) => text.includes(word))))
    .map((file) => path.relative(dir, file))
    .sort();
}

const ENTRY = Buffer.from([0x50, 0x4b, 3, 4]);

/** What a file says in small letters: its bytes as text, and those of each entry where it is a ZIP. */
export function textsOf(bytes: Buffer): string[] {
  const texts = [bytes.toString("utf8").toLowerCase()];
  for (let at = bytes.indexOf(ENTRY); at >= 0; at = bytes.indexOf(ENTRY, at + 4)) {
    const begin = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    const packed = bytes.subarray(begin, begin + bytes.readUInt32LE(at + 18));
    const text = bytes.readUInt16LE(at + 8) === 8 ? inflateRawSync(packed) : packed;
    texts.push(text.toString("utf8").toLowerCase());
  }
  return texts;
}
