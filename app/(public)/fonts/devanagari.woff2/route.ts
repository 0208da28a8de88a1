import { readFile } from "node:fs/promises";
import path from "node:path";

const file = path.join(
  process.cwd(),
  "node_modules/@fontsource-variable/noto-sans-devanagari/files/noto-sans-devanagari-devanagari-wght-normal.woff2",
);

/** The Devanagari font at an address that does not change with a build, for mails in frames and pages for customers. */
export async function GET(): Promise<Response> {
  return new Response(new Uint8Array(await readFile(file)), {
    headers: { "Content-Type": "font/woff2", "Cache-Control": "public, max-age=2592000" },
  });
}
