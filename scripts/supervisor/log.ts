import fs from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

const LARGEST_LOG = 50 * 1024 * 1024;

/**
 * The one log of all processes: a JSON object a line, `process` says whose. A file that has grown to `largest` bytes is set aside
 * as `ringback.log.1`, in the place of the one before.
 */
export class Log {
  readonly file: string;
  private stream: fs.WriteStream;
  private bytes: number;

  constructor(
    dataDir: string,
    private readonly largest = LARGEST_LOG,
  ) {
    this.file = path.join(dataDir, "ringback.log");
    this.bytes = fs.existsSync(this.file) ? fs.statSync(this.file).size : 0;
    this.stream = fs.createWriteStream(this.file, { flags: "a" });
    if (this.bytes > this.largest) this.setAside();
  }

  write(process: string, entry: Record<string, unknown>): void {
    this.append(`${JSON.stringify({ process, time: new Date().toISOString(), ...entry })}\n`);
  }

  /** Copies a child's output; lines that are not JSON (Next's own) become messages. */
  follow(process: string, output: Readable, onLine?: (line: string) => void): void {
    createInterface({ input: output }).on("line", (line) => {
      onLine?.(line);
      if (line.startsWith("{")) this.append(`{"process":${JSON.stringify(process)},${line.slice(1)}\n`);
      else if (line.trim()) this.write(process, { level: "info", msg: line.trim() });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.stream.end(resolve));
  }

  private append(line: string): void {
    if (this.bytes > this.largest) this.setAside();
    this.stream.write(line);
    this.bytes += Buffer.byteLength(line);
  }

  /** What the old stream has not written yet still goes into its own file. */
  private setAside(): void {
    this.stream.end();
    // A stream makes its file a moment after it was asked to.
    if (fs.existsSync(this.file)) fs.renameSync(this.file, `${this.file}.1`);
    this.stream = fs.createWriteStream(this.file, { flags: "a" });
    this.bytes = 0;
  }
}
