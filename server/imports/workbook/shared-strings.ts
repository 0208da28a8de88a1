import fs from "node:fs";
import type { Archive } from "./archive";
import { walkXml } from "./xml";

const PAGE = 256 * 1024;
const PAGES_KEPT = 48;

/**
 * The texts that cells refer to by number. They lie in a file beside the upload, with only their places in memory: a
 * workbook may hold millions. Cells refer to them nearly in order, so a few pages serve.
 */
export class SharedStrings {
  #ends = new Float64Array(1_024);
  #count = 0;
  #bytes = 0;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  readonly #pages = new Map<number, Buffer>();
  readonly #file: number;

  private constructor(private readonly path: string) {
    this.#file = fs.openSync(path, "w+");
  }

  /** Reads the part, where there is one, into a file at `path`. */
  static async read(archive: Archive, part: string | null, path: string): Promise<SharedStrings> {
    const strings = new SharedStrings(path);
    if (part === null) return strings;
    let text = "";
    let inText = false;
    let inReading = 0;
    try {
      await walkXml(archive, part, {
        open: (name) => {
          if (name === "si") text = "";
          // `rPh` says how a Japanese text is read aloud; it is not part of it.
          else if (name === "rPh") inReading++;
          else if (name === "t") inText = inReading === 0;
        },
        text: (piece) => {
          if (inText) text += piece;
        },
        close: (name) => {
          if (name === "t") inText = false;
          else if (name === "rPh") inReading--;
          else if (name === "si") strings.#add(text);
        },
      });
      strings.#flush();
    } catch (error) {
      strings.close();
      throw error;
    }
    return strings;
  }

  /** The text with this number; empty when there is none. */
  get(index: number): string {
    if (!(index >= 0 && index < this.#count)) return "";
    const start = index === 0 ? 0 : (this.#ends[index - 1] ?? 0);
    return this.#slice(start, this.#ends[index] ?? start).toString("utf8");
  }

  close(): void {
    fs.closeSync(this.#file);
    fs.rmSync(this.path, { force: true });
  }

  #add(text: string): void {
    const bytes = Buffer.from(text, "utf8");
    if (this.#count === this.#ends.length) {
      const larger = new Float64Array(this.#ends.length * 2);
      larger.set(this.#ends);
      this.#ends = larger;
    }
    this.#bytes += bytes.length;
    this.#ends[this.#count++] = this.#bytes;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes > 4 * PAGE) this.#flush();
  }

  #flush(): void {
    if (this.#waitingBytes > 0) fs.writeSync(this.#file, Buffer.concat(this.#waiting));
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  #slice(start: number, end: number): Buffer {
    const first = Math.floor(start / PAGE);
    const last = Math.floor(Math.max(start, end - 1) / PAGE);
    if (first === last) return this.#page(first).subarray(start - first * PAGE, end - first * PAGE);
    const pages = Array.from({ length: last - first + 1 }, (_, at) => this.#page(first + at));
    return Buffer.concat(pages).subarray(start - first * PAGE, end - first * PAGE);
  }

  #page(number: number): Buffer {
    const known = this.#pages.get(number);
    if (known) return known;
    const page = Buffer.alloc(PAGE);
    const read = fs.readSync(this.#file, page, 0, PAGE, number * PAGE);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size >= PAGES_KEPT && oldest !== undefined) this.#pages.delete(oldest);
    this.#pages.set(number, page.subarray(0, read));
    return page.subarray(0, read);
  }
}
