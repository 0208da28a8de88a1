import { inflateRawSync } from "node:zlib";

/** What the first bytes say a file is, or why it is not taken, in words. */
export type Sniffed = { ok: true; mediaType: string } | { ok: false; reason: string };

const startsWith = (bytes: Buffer, ...head: number[]): boolean =>
  head.every((byte, at) => bytes[at] === byte);
const ascii = (bytes: Buffer, from: number, to: number): string => bytes.toString("latin1", from, to);
const take = (mediaType: string): Sniffed => ({ ok: true, mediaType });
const refuse = (reason: string): Sniffed => ({ ok: false, reason });

const PROGRAM = "This is a program. Mail providers refuse those, and so does Ringback.";
const PAGE = "This is a web page. Copy its words into the message instead.";
const ARCHIVE =
  "This is an archive, and mail providers distrust those. Add the files in it one by one, as PDF where you can.";
const MACROS = "This document can run macros, which mail providers refuse. Save it as PDF.";

/**
 * Tells a file's type by its content; its name only tells plain texts apart. Whatever could run is refused: programs, scripts,
 * web pages and SVG, macros, archives, PDFs that run something when they are opened.
 */
export function sniff(bytes: Buffer, name: string): Sniffed {
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return take("image/png");
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return take("image/jpeg");
  if (/^GIF8[79]a/.test(ascii(bytes, 0, 6))) return take("image/gif");
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 12) === "WEBP") return take("image/webp");
  if (ascii(bytes, 4, 8) === "ftyp") return sniffMp4(bytes);
  if (ascii(bytes, 0, 1024).includes("%PDF-")) return sniffPdf(bytes);
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return sniffZip(bytes);
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    return refuse(
      "This is an Office document of the old kind, which can run macros. Save it as PDF or as .docx.",
    );
  if (isProgram(bytes)) return refuse(PROGRAM);
  if (isArchive(bytes)) return refuse(ARCHIVE);
  return sniffText(bytes, name);
}

function isProgram(bytes: Buffer): boolean {
  const head = ascii(bytes, 0, 4);
  if (head.startsWith("MZ") || head === "\x7fELF" || head.startsWith("#!")) return true;
  const machO = [0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe, 0xcafebabe];
  if (bytes.length >= 4 && machO.includes(bytes.readUInt32BE(0))) return true;
  // A Windows shortcut.
  return startsWith(bytes, 0x4c, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00);
}

const isArchive = (bytes: Buffer): boolean =>
  ascii(bytes, 0, 4) === "Rar!" ||
  startsWith(bytes, 0x37, 0x7a, 0xbc, 0xaf) ||
  startsWith(bytes, 0x1f, 0x8b) ||
  ascii(bytes, 257, 262) === "ustar" ||
  ascii(bytes, 32_769, 32_774) === "CD001" ||
  ascii(bytes, 0, 2) === "PK";

const sniffMp4 = (bytes: Buffer): Sniffed =>
  /^(isom|iso[2-6]|mp4[12]|avc1|M4V |MSNV|dash)/.test(ascii(bytes, 8, 12))
    ? take("video/mp4")
    : refuse("This video is not an MP4 that phones play. Convert it to MP4 (H.264).");

function sniffPdf(bytes: Buffer): Sniffed {
  const text = bytes.toString("latin1");
  return /\/(JavaScript|JS|Launch|EmbeddedFile|OpenAction\s*<<[^>]*\/(JavaScript|Launch))\b/.test(text)
    ? refuse("This PDF runs something or holds other files. Print it to PDF again, and add that one.")
    : take("application/pdf");
}

const office: Record<string, string> = {
  "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
};

/** Office documents are zip files with a list of contents; any other zip is an archive. */
function sniffZip(bytes: Buffer): Sniffed {
  const names = zipNames(bytes);
  if (!names.includes("[Content_Types].xml")) return refuse(ARCHIVE);
  if (
    names.some((name) =>
      /vbaProject\.bin$|\.(exe|dll|js|vbs|bat|cmd|scr|ps1)$|\/embeddings\/.*\.bin$/i.test(name),
    )
  )
    return refuse(MACROS);
  if (/macroEnabled/i.test(contentTypes(bytes))) return refuse(MACROS);
  const folder = Object.keys(office).find((each) => names.some((name) => name.startsWith(each)));
  return folder ? take(office[folder] ?? "") : refuse(ARCHIVE);
}

type ZipEntry = { name: string; offset: number; packed: number; method: number };

/** Names in a zip's central directory; [] when there is none to read. */
const zipNames = (bytes: Buffer): string[] => zipEntries(bytes).map((entry) => entry.name);

function zipEntries(bytes: Buffer): ZipEntry[] {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.length) return [];
  const entries: ZipEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) break;
    const [length, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    entries.push({
      name: bytes.toString("utf8", at + 46, at + 46 + length),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      offset: bytes.readUInt32LE(at + 42),
    });
    at += 46 + length + extra + comment;
  }
  return entries;
}

/** Most that the list of contents may unpack to: a zip can pretend to be small. */
const MOST_UNPACKED = 1_000_000;

function contentTypes(bytes: Buffer): string {
  const entry = zipEntries(bytes).find(({ name }) => name === "[Content_Types].xml");
  if (!entry || entry.offset + 30 > bytes.length) return "";
  const start =
    entry.offset + 30 + bytes.readUInt16LE(entry.offset + 26) + bytes.readUInt16LE(entry.offset + 28);
  const packed = bytes.subarray(start, start + entry.packed);
  try {
    const plain = entry.method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: MOST_UNPACKED });
    return plain.toString("utf8");
  } catch {
    // It cannot be read, so nothing speaks for it.
    return "macroEnabled";
  }
}

const textTypes: Record<string, string> = { csv: "text/csv", ics: "text/calendar", txt: "text/plain" };

function sniffText(bytes: Buffer, name: string): Sniffed {
  const unknown = refuse(
    "Ringback does not take this kind of file. Use an image (PNG, JPEG, GIF, WebP), a PDF, an Office document or a text.",
  );
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return unknown;
  }
  if (text.includes("\0")) return unknown;
  const head = text
    .replace(/^\ufeff/, "")
    .trimStart()
    .slice(0, 4_096)
    .toLowerCase();
  if (/<svg[\s>]/.test(head))
    return refuse("SVG can carry scripts, and mail programs do not show it. Save the picture as PNG.");
  if (/^(<!doctype|<html|<\?xml|<script|<body|<head)/.test(head)) return refuse(PAGE);
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  const type = textTypes[ending];
  return type ? take(type) : unknown;
}
