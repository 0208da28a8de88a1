import { fromBuffer } from "yauzl";

/** The words of a workbook's first sheet, read by a library that shares no code with the writer. */
export const openWorkbook = (file: Buffer): Promise<string> =>
  new Promise((resolve, reject) => {
    fromBuffer(file, { lazyEntries: true }, (error, zip) => {
      if (error || !zip) return reject(error);
      zip.on("error", reject);
      zip.on("end", () => reject(new Error("no sheet")));
      zip.on("entry", (entry) => {
        if (entry.fileName !== "xl/worksheets/sheet1.xml") return zip.readEntry();
        zip.openReadStream(entry, (failed, stream) => {
          if (failed || !stream) return reject(failed);
          const pieces: Buffer[] = [];
          stream.on("data", (piece: Buffer) => pieces.push(piece));
          stream.on("end", () => resolve(Buffer.concat(pieces).toString()));
        });
      });
      zip.readEntry();
    });
  });
