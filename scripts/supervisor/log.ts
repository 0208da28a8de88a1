import fs from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

const LARGEST_LOG = 50 * 1024 * 1024;

/** The one log of all processes: a JSON object a line, `process` says whose. */
export class Log {
  readonly file: string;
  private readonly stream: fs.WriteStream;

  constructor(dataDir: string) {
    this.file = path.join(dataDir, "ringback.log");
    if (fs.existsSync(this.file) && fs.statSync(this.file).size > LARGEST_LOG)
      fs.renameSync(this.file, `${this.file}.1`);
    this.stream = fs.createWriteStream(this.file, { flags: "a" });
  }

  write(process: string, entry: Record<string, unknown>): void {
    this.stream.write(`${JSON.stringify({ process, time: new Date().toISOString(), ...entry })}\n`);
  }

  /** Copies a child's output; lines that are not JSON (Next's own) become messages. */
  follow(process: string, output: Readable, onLine?: (line: string) => void): void {
    createInterface({ input: output }).on("line", (line) => {
      onLine?.(line);
      if (line.startsWith("{")) this.stream.write(`{"process":${JSON.stringify(process)},${line.slice(1)}\n`);
      else if (line.trim()) this.write(process, { level: "info", msg: line.trim() });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.stream.end(resolve));
  }
}
