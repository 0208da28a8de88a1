import { crc32, deflateRawSync } from "node:zlib";

type Entry = { name: string; content: string };

/** A few small texts as one ZIP file, in memory. Names are UTF-8; the files carry no time, so the same input gives the same bytes. */
export function zip(entries: readonly Entry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const raw = Buffer.from(content);
    const packed = deflateRawSync(raw);
    const title = Buffer.from(name);
    const facts = factsOf({
      checksum: crc32(raw),
      packed: packed.length,
      raw: raw.length,
      title: title.length,
    });
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), facts, title, packed]);
    files.push(local);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    // Made by version 2.0; then the same facts, no comment, and where the file begins.
    directory.push(Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), facts, tail, title);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.set([0x50, 0x4b, 5, 6]);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, listed, end]);
}

/** What both headers of a file say: version 2.0, UTF-8 name, deflated, no time, checksum and sizes. */
function factsOf(of: { checksum: number; packed: number; raw: number; title: number }): Buffer {
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(20, 0);
  facts.writeUInt16LE(0x0800, 2);
  facts.writeUInt16LE(8, 4);
  facts.writeUInt16LE(0x21, 8); // 1 January 1980, the first day that there is
  facts.writeUInt32LE(of.checksum, 10);
  facts.writeUInt32LE(of.packed, 14);
  facts.writeUInt32LE(of.raw, 18);
  facts.writeUInt16LE(of.title, 22);
  return facts;
}
