import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/** `directory`: where its program lies. */
type Holder = { pid: number; url: string; directory: string };

/**
 * Which supervisor holds a data directory (`supervisor.json`). One at a time, unless the next one is started beside it for a
 * deploy: then the file names the newer, and what both need (the embedded Postgres) stays for whoever is left.
 */
export class Seat {
  private readonly file: string;
  private before: Holder | null = null;

  constructor(dataDir: string) {
    this.file = path.join(dataDir, "supervisor.json");
  }

  /** @throws Error with a sentence when another supervisor holds it */
  refuseSecond(): void {
    const other = this.other();
    if (other)
      throw new Error(
        `Ringback already runs here (process ${other.pid}) at ${other.url}. Stop it first, set RINGBACK_DATA_DIR and PORT for a second one, or take over from it with --beside (docs/operations.md).`,
      );
  }

  take(url: string): void {
    this.before = this.other();
    this.write({ pid: process.pid, url, directory: process.cwd() });
  }

  /** The other supervisor that works on this data directory, if one lives. */
  other(): Holder | null {
    const known = [this.read(), this.before];
    return known.find((holder) => holder && holder.pid !== process.pid && isSupervisor(holder.pid)) ?? null;
  }

  leave(): void {
    if (this.read()?.pid !== process.pid) return;
    const other = this.other();
    if (other) this.write(other);
    else rmSync(this.file, { force: true });
  }

  private read(): Holder | null {
    return existsSync(this.file) ? (JSON.parse(readFileSync(this.file, "utf8")) as Holder) : null;
  }

  private write(holder: Holder): void {
    writeFileSync(this.file, JSON.stringify(holder));
  }
}

function isSupervisor(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (!existsSync(`/proc/${pid}/cmdline`)) return process.platform !== "linux";
  return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("start.mjs");
}
