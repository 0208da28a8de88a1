import yauzl from "yauzl";
import type { Context } from "@/server/platform/context";
import { openRecord } from "../record/open";

/** The files of one person's export, by name, as another program than ours reads the ZIP. */
export async function unpackRecord(ctx: Context, customerId: string): Promise<Record<string, string>> {
  const { content } = await openRecord(ctx, { customerId });
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return new Promise((resolve, reject) => {
    const files: Record<string, string> = {};
    yauzl.fromBuffer(Buffer.concat(pieces), { lazyEntries: true }, (error, archive) => {
      if (error) return reject(error);
      archive.on("error", reject);
      archive.on("end", () => resolve(files));
      archive.on("entry", (entry: yauzl.Entry) =>
        archive.openReadStream(entry, (problem, stream) => {
          if (problem) return reject(problem);
          const parts: Buffer[] = [];
          stream.on("data", (part: Buffer) => parts.push(part));
          stream.on("end", () => {
            files[entry.fileName] = Buffer.concat(parts).toString("utf8");
            archive.readEntry();
          });
        }),
      );
      archive.readEntry();
    });
  });
}
