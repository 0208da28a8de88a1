import fs from "node:fs";
import path from "node:path";
import { env } from "@/env";
import { ownerIsGone, thisOwner } from "./owner";
import type { Reason, ResultState } from "./status";

export type Attempt = { runNumber: number; batchNumber: number; seq: number };

/** What a journal says about one attempt: begun, and what came of it where that was known. */
export type JournalEntry = { state: ResultState; reason: Reason | null } | null;

/**
 * A worker's own append-only record of what it is about to hand over and what came of it, on the local disk:
 * `S run:batch:seq` before the channel sees a message, `A run:batch:seq state reason` after its answer. Not synced:
 * `kill -9` keeps the page cache, and a machine that lost power is treated as one whose outcomes are unknown.
 */
export class Journal {
  readonly #file: number;
  #bytes = 0;

  constructor(
    private readonly owner: string = thisOwner,
    dir: string = journalDir(),
  ) {
    fs.mkdirSync(dir, { recursive: true });
    this.#file = fs.openSync(path.join(dir, fileName(owner)), "a");
    this.#append(`O ${owner}\n`);
  }

  /** @throws the disk's error: then the message must not be sent. */
  started(attempt: Attempt): void {
    this.#append(`S ${name(attempt)}\n`);
  }

  finished(attempt: Attempt, state: ResultState, reason: Reason | null): void {
    this.#append(`A ${name(attempt)} ${state} ${reason ?? "-"}\n`);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Empties it. Only when no open batch is leased by this process. */
  clear(): void {
    fs.ftruncateSync(this.#file);
    this.#bytes = 0;
    this.#append(`O ${this.owner}\n`);
  }

  close(): void {
    fs.closeSync(this.#file);
  }

  #append(line: string): void {
    this.#bytes += fs.writeSync(this.#file, line);
  }
}

const journalDir = (): string => path.join(env.RINGBACK_DATA_DIR, "journal");

const fileName = (owner: string): string => `${owner.replace(/[^\w.-]/g, "_")}.journal`;

const name = ({ runNumber, batchNumber, seq }: Attempt): string => `${runNumber}:${batchNumber}:${seq}`;

/**
 * Everything that this machine's journals say about a batch: seq → null for begun, or its best-known outcome. All of
 * them are read: a batch may have had several holders.
 */
export function readJournals(
  batch: Omit<Attempt, "seq">,
  dir: string = journalDir(),
): Map<number, JournalEntry> {
  const found = new Map<number, JournalEntry>();
  const prefix = `${batch.runNumber}:${batch.batchNumber}:`;
  for (const file of journalFiles(dir)) {
    // A torn last line has no line end and is dropped.
    for (const line of fs.readFileSync(path.join(dir, file), "utf8").split("\n").slice(0, -1)) {
      if (!line.startsWith(prefix, 2)) continue;
      const [kind, attempt, state, reason] = line.split(" ");
      const seq = Number(attempt?.slice(prefix.length));
      const known = found.get(seq) ?? null;
      if (kind === "S") found.set(seq, known);
      if (kind === "A" && state && !(known && isAccepted(known.state)))
        found.set(seq, {
          state: state as ResultState,
          reason: reason === "-" ? null : ((reason ?? null) as Reason | null),
        });
    }
  }
  return found;
}

const isAccepted = (state: ResultState): boolean => state === "sent" || state === "delivered";

const journalFiles = (dir: string): string[] =>
  fs.existsSync(dir) ? fs.readdirSync(dir).filter((file) => file.endsWith(".journal")) : [];

/** Removes journals that nobody can need: their process is gone and holds no lease (`neededBy` lists the holders). */
export function removeOldJournals(neededBy: readonly string[], dir: string = journalDir()): void {
  for (const file of journalFiles(dir)) {
    const [first] = fs.readFileSync(path.join(dir, file), "utf8").split("\n", 1);
    const owner = first?.startsWith("O ") ? first.slice(2) : null;
    if (owner !== null && !neededBy.includes(owner) && ownerIsGone(owner))
      fs.rmSync(path.join(dir, file), { force: true });
  }
}
